package org.lockstep.executor.optimizer;

import org.lockstep.optimizers.RMSprop;

/**
 * v = ρ · v + (1 − ρ) · g²; with centered a = ρ · a + (1 − ρ) · g and d = v − a² + ε, else d = v + ε; i = lr · g / √d;
 * without momentum w −= i, else b = m · b + i and w −= b.
 *
 * @param gain 1 − ρ
 */
record RmspropRule(float rate, float rho, float gain, float epsilon, float momentum, boolean centered) implements Rule {

    static RmspropRule of(RMSprop rmsprop, double learningRate) {
        return new RmspropRule(
                (float) learningRate,
                (float) rmsprop.rho(),
                (float) (1 - rmsprop.rho()),
                (float) rmsprop.epsilon(),
                (float) rmsprop.momentum(),
                rmsprop.centered());
    }

    @Override
    public void update(float[] w, float[] g, float[][] slots, int length) {
        float[] v = slots[0];
        squares(g, v, rho, gain, length);
        if (centered) {
            centeredIncrements(g, v, slots[slots.length - 1], this, length);
        } else {
            increments(g, v, rate, epsilon, length);
        }
        if (momentum > 0) {
            accumulate(g, slots[1], momentum, length);
        }
        for (int i = 0; i < length; i++) {
            w[i] -= g[i];
        }
    }

    private static void squares(float[] g, float[] v, float rho, float gain, int length) {
        for (int i = 0; i < length; i++) {
            v[i] = rho * v[i] + gain * (g[i] * g[i]);
        }
    }

    private static void increments(float[] g, float[] v, float rate, float epsilon, int length) {
        for (int i = 0; i < length; i++) {
            g[i] = rate * g[i] / (float) Math.sqrt(v[i] + epsilon);
        }
    }

    private static void centeredIncrements(float[] g, float[] v, float[] a, RmspropRule rule, int length) {
        float rate = rule.rate;
        float rho = rule.rho;
        float gain = rule.gain;
        float epsilon = rule.epsilon;
        for (int i = 0; i < length; i++) {
            float average = rho * a[i] + gain * g[i];
            a[i] = average;
            g[i] = rate * g[i] / (float) Math.sqrt(v[i] - average * average + epsilon);
        }
    }

    /** Adds increments to the momentum, which becomes the increment. */
    private static void accumulate(float[] g, float[] b, float momentum, int length) {
        for (int i = 0; i < length; i++) {
            b[i] = momentum * b[i] + g[i];
            g[i] = b[i];
        }
    }
}
