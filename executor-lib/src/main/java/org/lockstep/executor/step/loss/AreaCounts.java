package org.lockstep.executor.step.loss;

import java.util.List;
import org.lockstep.metrics.AUC;

/** Sorts predictions by how many thresholds they are above, as Keras does in float32. */
final class AreaCounts implements RowMetric {

    private final float[] thresholds;
    private final boolean isEven;
    private final boolean fromLogits;

    AreaCounts(AUC metric) {
        List<Double> all = metric.allThresholds();
        thresholds = new float[all.size()];
        for (int i = 0; i < thresholds.length; i++) {
            thresholds[i] = all.get(i).floatValue();
        }
        isEven = metric.isEven();
        fromLogits = metric.fromLogits();
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
        for (int i = 0; i < classes; i++) {
            float prediction = predictions[from + i];
            float probability = fromLogits ? (float) (1 / (1 + StrictMath.exp(-prediction))) : prediction;
            int place = 2 * above(probability) + (targets[targetFrom + i] != 0 ? 0 : 1);
            numbers[at + place] += weight;
        }
    }

    /** How many thresholds a prediction is above. */
    private int above(float prediction) {
        if (isEven) {
            float clipped = Math.min(Math.max(prediction, 0), 1);
            // The first is below 0, and the last above 1.
            return Float.isNaN(clipped) ? 0 : Math.max((int) Math.ceil(clipped * (thresholds.length - 1)), 1);
        }
        int low = 0;
        int high = thresholds.length;
        while (low < high) {
            int middle = (low + high) / 2;
            if (prediction > thresholds[middle]) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
