package org.lockstep.executor.step;

import java.io.Serializable;

/**
 * Sums over samples.
 *
 * @param loss the sum of the samples' (weighted) losses, activity penalties included
 * @param metrics for each metric the sum of its values, then the sum of their weights
 */
public record BatchSums(long samples, double loss, double[] metrics) implements Serializable {

    /** The sums over no samples. */
    public static BatchSums none(int metrics) {
        return new BatchSums(0, 0, new double[2 * metrics]);
    }

    /** The sums over both. */
    public BatchSums plus(BatchSums other) {
        double[] sum = metrics.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += other.metrics[i];
        }
        return new BatchSums(samples + other.samples, loss + other.loss, sum);
    }

    /** The mean of a metric. */
    public double metric(int index) {
        return metrics[2 * index] / metrics[2 * index + 1];
    }
}
