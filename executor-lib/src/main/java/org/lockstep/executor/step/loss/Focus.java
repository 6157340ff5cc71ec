package org.lockstep.executor.step.loss;

/** The factor x^γ of focal losses. */
final class Focus {

    private Focus() {}

    /** γ x^(γ − 1), and 0 where there is no factor. */
    static double slope(double x, double gamma) {
        return gamma == 0 ? 0 : gamma * StrictMath.pow(x, gamma - 1);
    }
}
