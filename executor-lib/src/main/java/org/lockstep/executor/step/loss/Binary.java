package org.lockstep.executor.step.loss;

import org.jspecify.annotations.Nullable;

/** The mean over the last axis of −(y log p + (1 − y) log(1 − p)), y smoothed to y (1 − s) + s / 2. */
record Binary(boolean logits, double smoothing) implements RowLoss {

    @Override
    public double row(
            float[] scores,
            int from,
            int classes,
            float[] targets,
            int targetFrom,
            double scale,
            float @Nullable [] gradient) {
        double loss = 0;
        for (int i = 0; i < classes; i++) {
            double y = targets[targetFrom + i] * (1 - smoothing) + smoothing / 2;
            double x = scores[from + i];
            loss += logits ? fromLogit(x, y) : fromProbability(x, y);
            if (gradient != null) {
                double slope = logits ? sigmoid(x) - y : slope(x, y);
                gradient[from + i] = (float) (scale * slope / classes);
            }
        }
        return loss / classes;
    }

    /** max(z, 0) − z y + log(1 + e^−|z|). */
    private static double fromLogit(double z, double y) {
        return Math.max(z, 0) - z * y + StrictMath.log1p(StrictMath.exp(-Math.abs(z)));
    }

    static double sigmoid(double z) {
        return 1 / (1 + StrictMath.exp(-z));
    }

    static double fromProbability(double probability, double y) {
        double p = ClassProbabilities.clip(probability);
        return -(y * StrictMath.log(p) + (1 - y) * StrictMath.log(1 - p));
    }

    static double slope(double p, double y) {
        return ClassProbabilities.clip(p) == p ? (p - y) / (p * (1 - p)) : 0 * p;
    }
}
