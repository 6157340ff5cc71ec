package org.lockstep.executor.optimizer;

import org.lockstep.optimizers.Adam;
import org.lockstep.optimizers.Optimizer;
import org.lockstep.optimizers.RMSprop;
import org.lockstep.optimizers.SGD;

/** An optimizer's elementwise update with the numbers of one step. */
sealed interface Rule permits SgdRule, AdamRule, RmspropRule {

    /**
     * Updates the first {@code length} weights and slots.
     *
     * @param g their gradients; may be overwritten
     * @param slots in the order of {@link Optimizer#slots}
     */
    void update(float[] w, float[] g, float[][] slots, int length);

    /** The rule of the update that follows {@code iterations} updates. */
    static Rule of(Optimizer optimizer, long iterations, double learningRate) {
        if (optimizer instanceof SGD sgd) {
            return SgdRule.of(sgd, learningRate);
        }
        return optimizer instanceof Adam adam
                ? AdamRule.of(adam, iterations, learningRate)
                : RmspropRule.of((RMSprop) optimizer, learningRate);
    }
}
