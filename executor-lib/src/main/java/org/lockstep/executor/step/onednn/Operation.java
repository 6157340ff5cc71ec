package org.lockstep.executor.step.onednn;

/** One step of a program over its memory. */
interface Operation {

    /** Computes the output from the input. */
    void forward(Frame frame);

    /** Turns the output's gradient into the input's and the weights'. */
    void backward(Frame frame);

    /** The places that the two passes read or write. */
    Uses uses();

    /** Multiplications and additions with a kernel in the forward pass. */
    default long forwardFlops() {
        return 0;
    }

    /** Multiplications and additions with a kernel, or towards its gradient, in the backward pass. */
    default long backwardFlops() {
        return 0;
    }
}
