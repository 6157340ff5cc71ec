package org.lockstep.executor.step.onednn;

import java.nio.FloatBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Batch normalization with given statistics as a factor γ / √(var + ε) and a summand β − mean · factor for each channel,
 * computed from the variables.
 */
record FoldingOperation(
        Slot mean,
        Slot variance,
        @Nullable Slot gamma,
        @Nullable Slot beta,
        double epsilon,
        Epilogue.Scaling scaling) implements Operation {

    @Override
    public void forward(Frame frame) {
        FloatBuffer factors = scaling.factor().floats();
        FloatBuffer summands = scaling.summand().floats();
        for (int i = 0; i < scaling.channels(); i++) {
            double scale = gamma == null ? 1 : gamma.floats().get(i);
            double shift = beta == null ? 0 : beta.floats().get(i);
            double factor = scale / Math.sqrt(variance.floats().get(i) + epsilon);
            factors.put(i, (float) factor);
            summands.put(i, (float) (shift - mean.floats().get(i) * factor));
        }
    }

    /** Nothing: only programs without a backward pass have this operation. */
    @Override
    public void backward(Frame frame) {}

    @Override
    public Uses uses() {
        return Uses.of(List.of(scaling.factor(), scaling.summand()));
    }
}
