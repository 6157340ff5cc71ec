package org.lockstep.executor.step.onednn;

import java.util.List;

/** The backward pass of a function that a primitive has applied to its output. */
record Slope(Elementwise function, Value y, Call call) implements Operation {

    /** Nothing: the primitive did it. */
    @Override
    public void forward(Frame frame) {}

    @Override
    public void backward(Frame frame) {
        call.run();
    }

    @Override
    public Uses uses() {
        return Uses.of(List.of(), List.of(call));
    }
}
