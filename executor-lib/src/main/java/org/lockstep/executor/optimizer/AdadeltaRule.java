package org.lockstep.executor.optimizer;

import static org.lockstep.executor.vector.Operand.GRADIENT;
import static org.lockstep.executor.vector.Operand.SCRATCH;
import static org.lockstep.executor.vector.Operand.SLOT_1;
import static org.lockstep.executor.vector.Operand.SLOT_2;
import static org.lockstep.executor.vector.Operand.WEIGHTS;

import java.util.List;
import org.lockstep.executor.vector.Pass;
import org.lockstep.optimizers.Adadelta;

/**
 * a = ρ · a + (1 − ρ) · g²; d = √(b + ε) · g / √(a + ε); b = ρ · b + (1 − ρ) · d²; w −= lr · d.
 *
 * @param gain 1 − ρ
 */
record AdadeltaRule(float rate, float rho, float gain, float epsilon) implements Rule {

    static AdadeltaRule of(Adadelta adadelta, double learningRate) {
        return new AdadeltaRule(
                (float) learningRate, (float) adadelta.rho(), (float) (1 - adadelta.rho()), (float) adadelta.epsilon());
    }

    @Override
    public List<Pass> passes() {
        return List.of(
                Pass.from(GRADIENT)
                        .times(GRADIENT)
                        .times(gain)
                        .plus(SLOT_1, rho)
                        .into(SLOT_1),
                Pass.from(SLOT_1).plus(epsilon).root().into(SCRATCH),
                Pass.from(SLOT_2)
                        .plus(epsilon)
                        .root()
                        .times(GRADIENT)
                        .over(SCRATCH)
                        .into(SCRATCH),
                Pass.from(SCRATCH).times(SCRATCH).times(gain).plus(SLOT_2, rho).into(SLOT_2),
                Pass.from(SCRATCH).times(-rate).plus(WEIGHTS).into(WEIGHTS));
    }
}
