package org.lockstep.executor.step.onednn;

import java.nio.FloatBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A penalty on a layer's output, added to the loss; its gradient is added to the output's. */
record PenaltyOperation(
        ActivityPenalty penalty, Slot y, @Nullable Slot gradient) implements Operation {

    @Override
    public void forward(Frame frame) {
        FloatBuffer values = y.floats();
        double magnitudes = 0;
        double squares = 0;
        for (int i = 0; i < values.limit(); i++) {
            double value = values.get(i);
            magnitudes += Math.abs(value);
            squares += value * value;
        }
        frame.addPenalty(penalty.l1() * magnitudes + penalty.l2() * squares);
    }

    @Override
    public void backward(Frame frame) {
        if (gradient == null) {
            return;
        }
        FloatBuffer values = y.floats();
        FloatBuffer slopes = gradient.floats();
        for (int i = 0; i < values.limit(); i++) {
            double value = values.get(i);
            slopes.put(i, (float) (slopes.get(i) + penalty.l1() * Math.signum(value) + 2 * penalty.l2() * value));
        }
    }

    @Override
    public Uses uses() {
        return Uses.of(List.of(y), gradient);
    }
}
