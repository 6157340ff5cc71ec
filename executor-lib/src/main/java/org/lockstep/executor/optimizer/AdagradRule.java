package org.lockstep.executor.optimizer;

import static org.lockstep.executor.vector.Operand.GRADIENT;
import static org.lockstep.executor.vector.Operand.SCRATCH;
import static org.lockstep.executor.vector.Operand.SLOT_1;
import static org.lockstep.executor.vector.Operand.WEIGHTS;

import java.util.List;
import org.lockstep.executor.vector.Pass;
import org.lockstep.optimizers.Adagrad;

/** a += g²; w −= lr · g / √(a + ε). */
record AdagradRule(float rate, float epsilon) implements Rule {

    static AdagradRule of(Adagrad adagrad, double learningRate) {
        return new AdagradRule((float) learningRate, (float) adagrad.epsilon());
    }

    @Override
    public List<Pass> passes() {
        return List.of(
                Pass.from(GRADIENT).times(GRADIENT).plus(SLOT_1).into(SLOT_1),
                Pass.from(SLOT_1).plus(epsilon).root().into(SCRATCH),
                Pass.from(GRADIENT).times(-rate).over(SCRATCH).plus(WEIGHTS).into(WEIGHTS));
    }
}
