package org.lockstep.executor.step.loss;

import org.jspecify.annotations.Nullable;

/**
 * The mean over the last axis of max(1 − y p, 0), where y is −1 or 1; of a row whose y are all 0 or 1, 2 y − 1 stands for
 * them. Keras looks at whole batches for that: no different, but for labels of −1, 0 and 1 together.
 *
 * @param isSquared whether it is the mean of squares
 */
record Hinge(boolean isSquared) implements RowLoss {

    @Override
    public double row(
            float[] scores,
            int from,
            int classes,
            float[] targets,
            int targetFrom,
            double scale,
            float @Nullable [] gradient) {
        boolean isBinary = isBinary(targets, targetFrom, classes);
        double loss = 0;
        for (int i = 0; i < classes; i++) {
            double y = isBinary ? 2 * targets[targetFrom + i] - 1 : targets[targetFrom + i];
            double lack = Math.max(1 - y * scores[from + i], 0);
            loss += isSquared ? lack * lack : lack;
            if (gradient != null) {
                double steps = isSquared ? 2 * lack : Math.signum(lack);
                gradient[from + i] = (float) (-scale * steps * y / classes);
            }
        }
        return loss / classes;
    }

    private static boolean isBinary(float[] targets, int from, int classes) {
        for (int i = 0; i < classes; i++) {
            if (targets[from + i] != 0 && targets[from + i] != 1) {
                return false;
            }
        }
        return true;
    }
}
