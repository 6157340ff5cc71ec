package org.lockstep.executor.optimizer;

import static org.lockstep.executor.vector.Operand.GRADIENT;
import static org.lockstep.executor.vector.Operand.SCRATCH;
import static org.lockstep.executor.vector.Operand.SLOT_1;
import static org.lockstep.executor.vector.Operand.SLOT_2;
import static org.lockstep.executor.vector.Operand.WEIGHTS;

import java.util.List;
import org.lockstep.executor.vector.Pass;
import org.lockstep.optimizers.Nadam;

/**
 * m += (g − m)(1 − β₁); v += (g² − v)(1 − β₂); w −= (α · m + γ · g) / (√(v / c) + ε).
 *
 * @param alpha lr · μₜ₊₁ / (1 − Pₜ · μₜ₊₁), t counted from 1
 * @param gamma lr · (1 − μₜ) / (1 − Pₜ)
 * @param correction c = 1 − β₂ᵗ
 * @param gain1 1 − β₁
 * @param gain2 1 − β₂
 */
record NadamRule(float alpha, float gamma, float correction, float gain1, float gain2, float epsilon) implements Rule {

    static NadamRule of(Nadam nadam, long iterations, double learningRate) {
        long t = iterations + 1;
        double next = nadam.momentum(t + 1);
        double product = nadam.momentumProduct(t);
        return new NadamRule(
                (float) (learningRate * next / (1 - product * next)),
                (float) (learningRate * (1 - nadam.momentum(t)) / (1 - product)),
                (float) (1 - StrictMath.pow(nadam.beta2(), (double) t)),
                (float) (1 - nadam.beta1()),
                (float) (1 - nadam.beta2()),
                (float) nadam.epsilon());
    }

    @Override
    public List<Pass> passes() {
        return List.of(
                Pass.from(GRADIENT).minus(SLOT_1).times(gain1).plus(SLOT_1).into(SLOT_1),
                Pass.from(GRADIENT)
                        .times(GRADIENT)
                        .minus(SLOT_2)
                        .times(gain2)
                        .plus(SLOT_2)
                        .into(SLOT_2),
                Pass.from(SLOT_2).over(correction).root().plus(epsilon).into(SCRATCH),
                Pass.from(SLOT_1)
                        .times(-alpha)
                        .plus(GRADIENT, -gamma)
                        .over(SCRATCH)
                        .plus(WEIGHTS)
                        .into(WEIGHTS));
    }
}
