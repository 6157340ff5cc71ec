package org.lockstep.executor.optimizer;

import static org.lockstep.executor.vector.Operand.GRADIENT;
import static org.lockstep.executor.vector.Operand.SCRATCH;
import static org.lockstep.executor.vector.Operand.SLOT_1;
import static org.lockstep.executor.vector.Operand.SLOT_2;
import static org.lockstep.executor.vector.Operand.WEIGHTS;

import java.util.List;
import org.lockstep.executor.vector.Pass;
import org.lockstep.optimizers.Adamax;

/**
 * m += (g − m)(1 − β₁); u = max(β₂ · u, |g|); w −= m · α / (u + ε).
 *
 * @param alpha lr / (1 − β₁ᵗ), t counted from 1
 * @param gain 1 − β₁
 */
record AdamaxRule(float alpha, float gain, float beta2, float epsilon) implements Rule {

    static AdamaxRule of(Adamax adamax, long iterations, double learningRate) {
        double alpha = learningRate / (1 - StrictMath.pow(adamax.beta1(), iterations + 1.0));
        return new AdamaxRule(
                (float) alpha, (float) (1 - adamax.beta1()), (float) adamax.beta2(), (float) adamax.epsilon());
    }

    @Override
    public List<Pass> passes() {
        return List.of(
                Pass.from(GRADIENT).minus(SLOT_1).times(gain).plus(SLOT_1).into(SLOT_1),
                Pass.from(GRADIENT).abs().into(SCRATCH),
                Pass.from(SLOT_2).times(beta2).max(SCRATCH).into(SLOT_2),
                Pass.from(SLOT_2).plus(epsilon).into(SCRATCH),
                Pass.from(SLOT_1).times(-alpha).over(SCRATCH).plus(WEIGHTS).into(WEIGHTS));
    }
}
