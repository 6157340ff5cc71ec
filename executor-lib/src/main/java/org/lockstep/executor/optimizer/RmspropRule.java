package org.lockstep.executor.optimizer;

import static org.lockstep.executor.vector.Operand.GRADIENT;
import static org.lockstep.executor.vector.Operand.SCRATCH;
import static org.lockstep.executor.vector.Operand.SLOT_1;
import static org.lockstep.executor.vector.Operand.SLOT_2;
import static org.lockstep.executor.vector.Operand.WEIGHTS;

import java.util.ArrayList;
import java.util.List;
import org.lockstep.executor.vector.Operand;
import org.lockstep.executor.vector.Pass;
import org.lockstep.optimizers.RMSprop;

/**
 * v = ρ · v + (1 − ρ) · g²; with centered a = ρ · a + (1 − ρ) · g and d = v − a² + ε, else d = v + ε; i = lr · g / √d;
 * without momentum w −= i, else b = m · b + i and w −= b.
 *
 * @param gain 1 − ρ
 * @param hasMomentum whether there is a momentum, be it too small for a float
 */
record RmspropRule(
        float rate, float rho, float gain, float epsilon, float momentum, boolean centered, boolean hasMomentum)
        implements Rule {

    static RmspropRule of(RMSprop rmsprop, double learningRate) {
        return new RmspropRule(
                (float) learningRate,
                (float) rmsprop.rho(),
                (float) (1 - rmsprop.rho()),
                (float) rmsprop.epsilon(),
                (float) rmsprop.momentum(),
                rmsprop.centered(),
                rmsprop.momentum() > 0);
    }

    @Override
    public List<Pass> passes() {
        List<Pass> passes = new ArrayList<>();
        passes.add(Pass.from(GRADIENT)
                .times(GRADIENT)
                .times(gain)
                .plus(SLOT_1, rho)
                .into(SLOT_1));
        if (centered) {
            Operand average = Operand.slot(hasMomentum ? 2 : 1);
            passes.add(Pass.from(GRADIENT).times(gain).plus(average, rho).into(average));
            passes.add(Pass.from(average)
                    .times(average)
                    .times(-1)
                    .plus(SLOT_1)
                    .plus(epsilon)
                    .root()
                    .into(SCRATCH));
        } else {
            passes.add(Pass.from(SLOT_1).plus(epsilon).root().into(SCRATCH));
        }
        if (hasMomentum) {
            passes.add(Pass.from(GRADIENT)
                    .times(rate)
                    .over(SCRATCH)
                    .plus(SLOT_2, momentum)
                    .into(SLOT_2));
            passes.add(Pass.from(WEIGHTS).minus(SLOT_2).into(WEIGHTS));
        } else {
            passes.add(
                    Pass.from(GRADIENT).times(-rate).over(SCRATCH).plus(WEIGHTS).into(WEIGHTS));
        }
        return passes;
    }
}
