package org.lockstep.executor.optimizer;

import static org.lockstep.executor.vector.Operand.GRADIENT;
import static org.lockstep.executor.vector.Operand.SLOT_1;
import static org.lockstep.executor.vector.Operand.WEIGHTS;

import java.util.List;
import org.lockstep.executor.vector.Pass;
import org.lockstep.optimizers.SGD;

/**
 * Without momentum w −= lr · g; else v = m · v − lr · g and w += v, or with nesterov w += m · v − lr · g.
 *
 * @param hasVelocity whether there is a momentum, be it too small for a float
 */
record SgdRule(float rate, float momentum, boolean nesterov, boolean hasVelocity) implements Rule {

    static SgdRule of(SGD sgd, double learningRate) {
        return new SgdRule((float) learningRate, (float) sgd.momentum(), sgd.nesterov(), sgd.momentum() != 0);
    }

    @Override
    public List<Pass> passes() {
        if (!hasVelocity) {
            return List.of(Pass.from(GRADIENT).times(-rate).plus(WEIGHTS).into(WEIGHTS));
        }
        Pass velocity = Pass.from(GRADIENT).times(-rate).plus(SLOT_1, momentum).into(SLOT_1);
        Pass step = nesterov
                ? Pass.from(GRADIENT)
                        .times(-rate)
                        .plus(SLOT_1, momentum)
                        .plus(WEIGHTS)
                        .into(WEIGHTS)
                : Pass.from(WEIGHTS).plus(SLOT_1).into(WEIGHTS);
        return List.of(velocity, step);
    }
}
