package org.lockstep.executor.step.loss;

import org.jspecify.annotations.Nullable;
import org.lockstep.metrics.Confusion;

/** Adds up true positives, false positives, true negatives and false negatives, in this order. */
record ConfusionCounts(
        float threshold, @Nullable Integer topK, @Nullable Integer classId) implements RowMetric {

    static ConfusionCounts of(Confusion metric) {
        return new ConfusionCounts((float) metric.effectiveThreshold(), metric.topK(), metric.classId());
    }

    @Override
    public int targetSize(int classes) {
        return classes;
    }

    @Override
    public void add(
            float[] predictions,
            int from,
            int classes,
            float[] targets,
            int targetFrom,
            double weight,
            double[] numbers,
            int at) {
        if (topK != null && topK > classes) {
            throw new IllegalArgumentException(
                    "Invalid `top_k`: must be at most the %d numbers of a prediction. Received: %d"
                            .formatted(classes, topK));
        }
        if (classId != null && classId >= classes) {
            throw new IllegalArgumentException(
                    "Invalid `class_id`: must be in [0, %d). Received: %d".formatted(classes, classId));
        }
        int first = classId == null ? 0 : classId;
        int end = classId == null ? classes : classId + 1;
        for (int i = first; i < end; i++) {
            boolean isPositive = predictions[from + i] > threshold && isAmongTop(predictions, from, classes, i);
            boolean isLabelled = targets[targetFrom + i] != 0;
            int place = isPositive ? (isLabelled ? 0 : 1) : (isLabelled ? 3 : 2);
            numbers[at + place] += weight;
        }
    }

    /** Of equal numbers the first is the larger. */
    private boolean isAmongTop(float[] predictions, int from, int classes, int i) {
        if (topK == null) {
            return true;
        }
        int larger = 0;
        for (int j = 0; j < classes; j++) {
            float difference = predictions[from + j] - predictions[from + i];
            larger += difference > 0 || (difference == 0 && j < i) ? 1 : 0;
        }
        return larger < topK;
    }
}
