package org.lockstep.executor.optimizer;

import org.lockstep.optimizers.SGD;

/** Without momentum w −= lr · g; else v = m · v − lr · g and w += v, or with nesterov w += m · v − lr · g. */
record SgdRule(float rate, float momentum, boolean nesterov) implements Rule {

    static SgdRule of(SGD sgd, double learningRate) {
        return new SgdRule((float) learningRate, (float) sgd.momentum(), sgd.nesterov());
    }

    @Override
    public void update(float[] w, float[] g, float[][] slots, int length) {
        if (slots.length == 0) {
            plain(w, g, rate, length);
        } else if (nesterov) {
            nesterov(w, g, slots[0], rate, momentum, length);
        } else {
            momentum(w, g, slots[0], rate, momentum, length);
        }
    }

    private static void plain(float[] w, float[] g, float rate, int length) {
        for (int i = 0; i < length; i++) {
            w[i] -= rate * g[i];
        }
    }

    private static void momentum(float[] w, float[] g, float[] v, float rate, float momentum, int length) {
        for (int i = 0; i < length; i++) {
            float velocity = momentum * v[i] - rate * g[i];
            v[i] = velocity;
            w[i] += velocity;
        }
    }

    private static void nesterov(float[] w, float[] g, float[] v, float rate, float momentum, int length) {
        for (int i = 0; i < length; i++) {
            float step = rate * g[i];
            float velocity = momentum * v[i] - step;
            v[i] = velocity;
            w[i] += momentum * velocity - step;
        }
    }
}
