package org.lockstep.executor.step.onednn;

import java.nio.FloatBuffer;

/** A batch statistic times the number of samples, put where a moving statistic has its gradient. */
record StatisticOperation(Slot statistic, Slot gradient, int samples) implements Operation {

    @Override
    public void forward(Frame frame) {
        FloatBuffer from = statistic.floats();
        FloatBuffer to = gradient.floats();
        for (int i = 0; i < from.limit(); i++) {
            to.put(i, from.get(i) * samples);
        }
    }

    /** Nothing: no loss depends on the moving statistics. */
    @Override
    public void backward(Frame frame) {}
}
