package org.lockstep.executor.optimizer;

import org.jspecify.annotations.Nullable;
import org.lockstep.executor.Descent;
import org.lockstep.optimizers.Clip;
import org.lockstep.optimizers.Optimizer;
import org.lockstep.optimizers.SGD;

/** An update with nothing but a penalty of weights between a step's sums and the weights. */
record PlainSgd(float rate, float samples) {

    /** That of this optimizer; null where it does more. */
    static @Nullable PlainSgd of(Optimizer optimizer, double learningRate, float samples) {
        boolean isPlain = optimizer instanceof SGD
                && optimizer.slots().isEmpty()
                && optimizer.weightDecay() == null
                && optimizer.clip().equals(Clip.NONE);
        return isPlain ? new PlainSgd((float) learningRate, samples) : null;
    }

    Descent with(Factors penalty) {
        return new Descent(rate, samples, penalty.signs(), penalty.multiples());
    }
}
