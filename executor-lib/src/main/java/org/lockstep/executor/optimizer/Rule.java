package org.lockstep.executor.optimizer;

import java.util.List;
import org.lockstep.executor.vector.Operand;
import org.lockstep.executor.vector.Pass;
import org.lockstep.optimizers.Adam;
import org.lockstep.optimizers.AdamW;
import org.lockstep.optimizers.Optimizer;
import org.lockstep.optimizers.RMSprop;
import org.lockstep.optimizers.SGD;

/** An optimizer's elementwise update with the numbers of one step. */
sealed interface Rule permits SgdRule, AdamRule, RmspropRule {

    /**
     * The passes that change weights and slots, given {@link Operand#GRADIENT}; slots are in the order of
     * {@link Optimizer#slots}.
     */
    List<Pass> passes();

    /** The rule of the update that follows {@code iterations} updates. */
    static Rule of(Optimizer optimizer, long iterations, double learningRate) {
        if (optimizer instanceof SGD sgd) {
            return SgdRule.of(sgd, learningRate);
        }
        if (optimizer instanceof Adam adam) {
            return AdamRule.of(adam, iterations, learningRate);
        }
        return optimizer instanceof AdamW decayed
                ? AdamRule.of(decayed.adam(), iterations, learningRate)
                : RmspropRule.of((RMSprop) optimizer, learningRate);
    }
}
