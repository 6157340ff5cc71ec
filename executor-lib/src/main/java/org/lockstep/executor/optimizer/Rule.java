package org.lockstep.executor.optimizer;

import java.util.List;
import org.lockstep.executor.vector.Operand;
import org.lockstep.executor.vector.Pass;
import org.lockstep.optimizers.Adadelta;
import org.lockstep.optimizers.Adagrad;
import org.lockstep.optimizers.Adam;
import org.lockstep.optimizers.AdamW;
import org.lockstep.optimizers.Adamax;
import org.lockstep.optimizers.Lion;
import org.lockstep.optimizers.Nadam;
import org.lockstep.optimizers.Optimizer;
import org.lockstep.optimizers.RMSprop;
import org.lockstep.optimizers.SGD;

/** An optimizer's elementwise update with the numbers of one step. */
sealed interface Rule
        permits SgdRule, RmspropRule, AdamRule, AdagradRule, AdadeltaRule, AdamaxRule, NadamRule, LionRule {

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
        if (optimizer instanceof AdamW decayed) {
            return AdamRule.of(decayed.adam(), iterations, learningRate);
        }
        if (optimizer instanceof RMSprop rmsprop) {
            return RmspropRule.of(rmsprop, learningRate);
        }
        if (optimizer instanceof Adagrad adagrad) {
            return AdagradRule.of(adagrad, learningRate);
        }
        if (optimizer instanceof Adadelta adadelta) {
            return AdadeltaRule.of(adadelta, learningRate);
        }
        if (optimizer instanceof Adamax adamax) {
            return AdamaxRule.of(adamax, iterations, learningRate);
        }
        return optimizer instanceof Nadam nadam
                ? NadamRule.of(nadam, iterations, learningRate)
                : LionRule.of((Lion) optimizer, learningRate);
    }
}
