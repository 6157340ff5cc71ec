package org.lockstep.executor.optimizer;

import static org.lockstep.executor.vector.Operand.GRADIENT;
import static org.lockstep.executor.vector.Operand.SLOT_1;
import static org.lockstep.executor.vector.Operand.WEIGHTS;

import java.util.List;
import org.lockstep.executor.vector.Pass;
import org.lockstep.optimizers.Lion;

/**
 * w −= lr · sign(β₁ · m + (1 − β₁) · g); m = β₂ · m + (1 − β₂) · g.
 *
 * @param gain1 1 − β₁
 * @param gain2 1 − β₂
 */
record LionRule(float rate, float beta1, float gain1, float beta2, float gain2) implements Rule {

    static LionRule of(Lion lion, double learningRate) {
        return new LionRule(
                (float) learningRate, (float) lion.beta1(), (float) (1 - lion.beta1()), (float) lion.beta2(), (float)
                        (1 - lion.beta2()));
    }

    @Override
    public List<Pass> passes() {
        return List.of(
                Pass.from(SLOT_1)
                        .times(beta1)
                        .plus(GRADIENT, gain1)
                        .sign()
                        .times(-rate)
                        .plus(WEIGHTS)
                        .into(WEIGHTS),
                Pass.from(SLOT_1).times(beta2).plus(GRADIENT, gain2).into(SLOT_1));
    }
}
