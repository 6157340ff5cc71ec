package org.lockstep.executor.step.onednn;

import java.util.List;

/** An operation made of primitives alone. */
record Calls(List<Call> forward, List<Call> backward) implements Operation {

    @Override
    public void forward(Frame frame) {
        for (int i = 0; i < forward.size(); i++) {
            forward.get(i).run();
        }
    }

    @Override
    public void backward(Frame frame) {
        for (int i = 0; i < backward.size(); i++) {
            backward.get(i).run();
        }
    }

    @Override
    public Uses uses() {
        return Uses.of(forward, backward);
    }
}
