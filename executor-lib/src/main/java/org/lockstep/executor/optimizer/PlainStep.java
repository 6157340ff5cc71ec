package org.lockstep.executor.optimizer;

import org.jspecify.annotations.Nullable;
import org.lockstep.optimizers.Clip;
import org.lockstep.optimizers.Optimizer;
import org.lockstep.optimizers.SGD;

/**
 * An update without anything between a step's sums and the weights: w −= factor · sum.
 *
 * @param factor learning rate / samples
 */
record PlainStep(float factor) {

    /** That of plain SGD where the division is exact, as it is by a power of two; else null. */
    static @Nullable PlainStep of(Optimizer optimizer, double learningRate, float samples) {
        boolean isPlain = optimizer instanceof SGD
                && optimizer.slots().isEmpty()
                && optimizer.weightDecay() == null
                && optimizer.clip().equals(Clip.NONE);
        float factor = (float) learningRate / samples;
        boolean isExact = BlockGradient.isPowerOfTwo(samples) && factor >= Float.MIN_NORMAL;
        return isPlain && isExact ? new PlainStep(factor) : null;
    }
}
