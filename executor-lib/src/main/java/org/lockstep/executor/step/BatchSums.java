package org.lockstep.executor.step;

import java.io.Serializable;
import org.lockstep.losses.Loss;
import org.lockstep.losses.Reduction;

/**
 * Sums over samples.
 *
 * @param loss the sum of the samples' (weighted) losses, activity penalties included
 * @param weight what makes that sum a mean as the reduction has it: the number of samples, of positions, or the sum of their
 *     weights
 * @param reduction what becomes of the loss over all samples of a step
 * @param metrics the sums of each metric, one metric after the other
 */
public record BatchSums(long samples, double loss, double weight, Reduction reduction, double[] metrics)
        implements Serializable {

    /** The sums of a loss that is averaged over samples. */
    public BatchSums(long samples, double loss, double[] metrics) {
        this(samples, loss, (double) samples, Loss.DEFAULT_REDUCTION, metrics);
    }

    /** The sums over no samples; added to others they change nothing. */
    public static BatchSums none(int numbersOfMetrics) {
        return new BatchSums(0, 0, new double[numbersOfMetrics]);
    }

    /** The sums over both. */
    public BatchSums plus(BatchSums other) {
        double[] sum = metrics.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += other.metrics[i];
        }
        return new BatchSums(
                samples + other.samples,
                loss + other.loss,
                weight + other.weight,
                samples == 0 ? other.reduction : reduction,
                sum);
    }

    /** What the gradient's sums are divided by; by 0 they become 0. */
    public double divisor() {
        return reduction.isSum() ? 1 : weight;
    }

    /** The loss as Keras logs it: that of a step, if these are all its sums. */
    public double reducedLoss() {
        if (reduction == Reduction.SUM) {
            return loss;
        }
        return weight == 0 ? 0 : loss / weight;
    }

    /** The mean of a metric that has two sums, where all before it have two. */
    public double metric(int index) {
        return metrics[2 * index] / metrics[2 * index + 1];
    }
}
