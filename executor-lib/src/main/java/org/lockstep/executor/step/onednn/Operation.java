package org.lockstep.executor.step.onednn;

/** One step of a program over its memory. */
interface Operation {

    /** Computes the output from the input. */
    void forward(Frame frame);

    /** Turns the output's gradient into the input's and the weights'. */
    void backward(Frame frame);
}
