package org.lockstep.executor.step.loss;

import org.jspecify.annotations.Nullable;

/** max(max((1 − y) p) − Σ y p + 1, 0) over the last axis. */
record CategoricalHinge() implements RowLoss {

    @Override
    public double row(
            float[] scores,
            int from,
            int classes,
            float[] targets,
            int targetFrom,
            double scale,
            float @Nullable [] gradient) {
        double positive = 0;
        int best = 0;
        for (int i = 0; i < classes; i++) {
            positive += (double) targets[targetFrom + i] * scores[from + i];
            best = other(scores, from, targets, targetFrom, i) > other(scores, from, targets, targetFrom, best)
                    ? i
                    : best;
        }
        double lack = Math.max(other(scores, from, targets, targetFrom, best) - positive + 1, 0);
        if (gradient != null) {
            double step = scale * Math.signum(lack);
            for (int i = 0; i < classes; i++) {
                double y = targets[targetFrom + i];
                gradient[from + i] = (float) (step * ((i == best ? 1 - y : 0) - y));
            }
        }
        return lack;
    }

    private static double other(float[] scores, int from, float[] targets, int targetFrom, int i) {
        return (1.0 - targets[targetFrom + i]) * scores[from + i];
    }
}
