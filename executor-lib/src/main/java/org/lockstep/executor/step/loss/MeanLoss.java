package org.lockstep.executor.step.loss;

import org.jspecify.annotations.Nullable;

/**
 * A formula's mean over the last axis.
 *
 * @param isSum whether it is the sum instead
 */
record MeanLoss(Formula formula, boolean isSum) implements RowLoss {

    MeanLoss(Formula formula) {
        this(formula, false);
    }

    @Override
    public double row(
            float[] scores,
            int from,
            int classes,
            float[] targets,
            int targetFrom,
            double scale,
            float @Nullable [] gradient) {
        int divisor = isSum ? 1 : classes;
        double loss = 0;
        for (int i = 0; i < classes; i++) {
            double y = targets[targetFrom + i];
            double p = scores[from + i];
            loss += formula.value(y, p);
            if (gradient != null) {
                gradient[from + i] = (float) (scale * formula.slope(y, p) / divisor);
            }
        }
        return loss / divisor;
    }
}
