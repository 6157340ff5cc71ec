package org.lockstep.executor.optimizer;

import static org.lockstep.executor.vector.Operand.GRADIENT;
import static org.lockstep.executor.vector.Operand.SCRATCH;
import static org.lockstep.executor.vector.Operand.SLOT_1;
import static org.lockstep.executor.vector.Operand.SLOT_2;
import static org.lockstep.executor.vector.Operand.SLOT_3;
import static org.lockstep.executor.vector.Operand.WEIGHTS;

import java.util.ArrayList;
import java.util.List;
import org.lockstep.executor.vector.Operand;
import org.lockstep.executor.vector.Pass;
import org.lockstep.optimizers.Adam;

/**
 * m += (g − m)(1 − β₁); v += (g² − v)(1 − β₂); w −= m · α / (√v + ε), with amsgrad the largest v so far in v's place.
 *
 * @param alpha lr · √(1 − β₂ᵗ) / (1 − β₁ᵗ), t counted from 1
 * @param gain1 1 − β₁
 * @param gain2 1 − β₂
 */
record AdamRule(float alpha, float gain1, float gain2, float epsilon, boolean amsgrad) implements Rule {

    static AdamRule of(Adam adam, long iterations, double learningRate) {
        double t = iterations + 1.0;
        double correction = Math.sqrt(1 - StrictMath.pow(adam.beta2(), t)) / (1 - StrictMath.pow(adam.beta1(), t));
        return new AdamRule(
                (float) (learningRate * correction),
                (float) (1 - adam.beta1()),
                (float) (1 - adam.beta2()),
                (float) adam.epsilon(),
                adam.amsgrad());
    }

    @Override
    public List<Pass> passes() {
        List<Pass> passes = new ArrayList<>();
        passes.add(Pass.from(GRADIENT).minus(SLOT_1).times(gain1).plus(SLOT_1).into(SLOT_1));
        passes.add(Pass.from(GRADIENT)
                .times(GRADIENT)
                .minus(SLOT_2)
                .times(gain2)
                .plus(SLOT_2)
                .into(SLOT_2));
        if (amsgrad) {
            passes.add(Pass.from(SLOT_3).max(SLOT_2).into(SLOT_3));
        }
        Operand largest = amsgrad ? SLOT_3 : SLOT_2;
        passes.add(Pass.from(largest).root().plus(epsilon).into(SCRATCH));
        passes.add(Pass.from(SLOT_1).times(-alpha).over(SCRATCH).plus(WEIGHTS).into(WEIGHTS));
        return passes;
    }
}
