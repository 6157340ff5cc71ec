package org.lockstep.executor.optimizer;

import org.lockstep.optimizers.Adam;

/**
 * m += (g − m)(1 − β₁); v += (g² − v)(1 − β₂); w −= m · α / (√v + ε), with amsgrad the largest v so far in v's place.
 *
 * @param alpha lr · √(1 − β₂ᵗ) / (1 − β₁ᵗ), t counted from 1
 * @param gain1 1 − β₁
 * @param gain2 1 − β₂
 */
record AdamRule(float alpha, float gain1, float gain2, float epsilon) implements Rule {

    static AdamRule of(Adam adam, long iterations, double learningRate) {
        double t = iterations + 1.0;
        double correction = Math.sqrt(1 - StrictMath.pow(adam.beta2(), t)) / (1 - StrictMath.pow(adam.beta1(), t));
        return new AdamRule(
                (float) (learningRate * correction), (float) (1 - adam.beta1()), (float) (1 - adam.beta2()), (float)
                        adam.epsilon());
    }

    @Override
    public void update(float[] w, float[] g, float[][] slots, int length) {
        moments(g, slots[0], slots[1], gain1, gain2, length);
        if (slots.length > 2) {
            largest(slots[1], slots[2], length);
        }
        step(w, slots[0], slots[slots.length - 1], alpha, epsilon, length);
    }

    private static void moments(float[] g, float[] m, float[] v, float gain1, float gain2, int length) {
        for (int i = 0; i < length; i++) {
            m[i] += (g[i] - m[i]) * gain1;
            v[i] += (g[i] * g[i] - v[i]) * gain2;
        }
    }

    private static void largest(float[] v, float[] largest, int length) {
        for (int i = 0; i < length; i++) {
            largest[i] = Math.max(largest[i], v[i]);
        }
    }

    private static void step(float[] w, float[] m, float[] v, float alpha, float epsilon, int length) {
        for (int i = 0; i < length; i++) {
            w[i] -= m[i] * alpha / ((float) Math.sqrt(v[i]) + epsilon);
        }
    }
}
