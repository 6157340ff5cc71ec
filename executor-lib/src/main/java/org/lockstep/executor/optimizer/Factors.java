package org.lockstep.executor.optimizer;

import org.lockstep.executor.Descent;
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

    void addGradient(float[] w, float[] gradient, int length) {
        if (signs() != 0) {
            addSigns(w, gradient, signs(), length);
        }
        if (multiples() != 0) {
            addMultiples(w, gradient, multiples(), length);
        }
    }

    /** What the gradient has of sign(w). */
    float signs() {
        return (float) l1;
    }

    /** What the gradient has of w. */
    float multiples() {
        return (float) (2 * l2);
    }

    private static void addSigns(float[] w, float[] gradient, float slope, int length) {
        for (int i = 0; i < length; i++) {
            gradient[i] += slope * Math.max(-1f, Math.min(1f, w[i] * Descent.LARGE * Descent.LARGE));
        }
    }

    private static void addMultiples(float[] w, float[] gradient, float slope, int length) {
        for (int i = 0; i < length; i++) {
            gradient[i] += slope * w[i];
        }
    }
}
