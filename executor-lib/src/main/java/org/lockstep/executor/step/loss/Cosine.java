package org.lockstep.executor.step.loss;

import org.jspecify.annotations.Nullable;
import org.lockstep.keras.KerasSettings;

/** −Σ y p / (‖y‖ ‖p‖) over the last axis, norms being ε at least. */
record Cosine() implements RowLoss {

    @Override
    public double row(
            float[] scores,
            int from,
            int classes,
            float[] targets,
            int targetFrom,
            double scale,
            float @Nullable [] gradient) {
        double length = norm(scores, from, classes);
        double p = 1 / Math.max(length, KerasSettings.EPSILON);
        double y = 1 / Math.max(norm(targets, targetFrom, classes), KerasSettings.EPSILON);
        double cosine = 0;
        for (int i = 0; i < classes; i++) {
            cosine += targets[targetFrom + i] * y * scores[from + i] * p;
        }
        if (gradient != null) {
            // A norm below ε is replaced by a constant.
            double own = length > KerasSettings.EPSILON ? cosine * p : 0;
            for (int i = 0; i < classes; i++) {
                gradient[from + i] = (float) (-scale * p * (targets[targetFrom + i] * y - own * scores[from + i]));
            }
        }
        return -cosine;
    }

    private static double norm(float[] values, int from, int classes) {
        double sum = 0;
        for (int i = 0; i < classes; i++) {
            sum += (double) values[from + i] * values[from + i];
        }
        return Math.sqrt(sum);
    }
}
