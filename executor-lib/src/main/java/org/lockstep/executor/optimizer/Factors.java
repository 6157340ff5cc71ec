package org.lockstep.executor.optimizer;

import static org.lockstep.executor.vector.Operand.GRADIENT;
import static org.lockstep.executor.vector.Operand.SCRATCH;
import static org.lockstep.executor.vector.Operand.WEIGHTS;

import java.util.ArrayList;
import java.util.List;
import org.lockstep.executor.vector.Pass;
import org.lockstep.regularizers.L1;
import org.lockstep.regularizers.L1L2;
import org.lockstep.regularizers.L2;
import org.lockstep.regularizers.Regularizer;

/** The penalty l1 · Σ|w| + l2 · Σw², with the gradient l1 · sign(w) + 2 · l2 · w. */
record Factors(double l1, double l2) {

    static final Factors NONE = new Factors(0, 0);

    /** The factors of an elementwise penalty; both are 0 where it is none. */
    static Factors of(Regularizer regularizer) {
        if (regularizer instanceof L1 l1) {
            return new Factors(l1.l1(), 0);
        }
        if (regularizer instanceof L2 l2) {
            return new Factors(0, l2.l2());
        }
        return regularizer instanceof L1L2 both ? new Factors(both.l1(), both.l2()) : NONE;
    }

    boolean isNone() {
        return l1 == 0 && l2 == 0;
    }

    double penalty(float[] w, int length, Sums sums) {
        double penalty = l1 == 0 ? 0 : l1 * sums.magnitudes(w, length);
        return l2 == 0 ? penalty : penalty + l2 * sums.squares(w, length);
    }

    /** The passes that add the penalty's gradient to one that is made as the draft says, which they end. */
    List<Pass> addGradient(Pass.Draft gradient) {
        List<Pass> passes = new ArrayList<>();
        if (signs() != 0) {
            passes.add(Pass.from(WEIGHTS).sign().times(signs()).into(SCRATCH));
            gradient.plus(SCRATCH);
        }
        if (multiples() != 0) {
            gradient.plus(WEIGHTS, multiples());
        }
        passes.add(gradient.into(GRADIENT));
        return passes;
    }

    private float signs() {
        return (float) l1;
    }

    private float multiples() {
        return (float) (2 * l2);
    }
}
