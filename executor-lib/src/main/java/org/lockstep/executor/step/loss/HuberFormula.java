package org.lockstep.executor.step.loss;

/** With e = p − y: e² / 2 where |e| ≤ delta, else delta |e| − delta² / 2. */
record HuberFormula(double delta) implements Formula {

    @Override
    public double value(double y, double p) {
        double error = Math.abs(p - y);
        return error <= delta ? error * error / 2 : delta * error - delta * delta / 2;
    }

    @Override
    public double slope(double y, double p) {
        double error = p - y;
        return Math.abs(error) <= delta ? error : delta * Math.signum(error);
    }
}
