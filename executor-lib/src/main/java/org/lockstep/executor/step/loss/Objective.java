package org.lockstep.executor.step.loss;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lockstep.activations.Activation;
import org.lockstep.conf.CompileConf;
import org.lockstep.data.Batch;
import org.lockstep.data.Tensor;
import org.lockstep.executor.step.BatchSums;
import org.lockstep.losses.Reduction;
import org.lockstep.metrics.Logged;
import org.lockstep.metrics.LossMetric;

/**
 * A loss and metrics over batches, as sums over samples.
 *
 * <p>With p positions in each sample, every position counts 1 / p in a loss that is a mean: divided by the samples of the
 * global batch, the sum is Keras's {@code sum_over_batch_size}. By other reductions each counts 1. Not for use by several
 * threads at once.
 */
public final class Objective {

    private final RowLoss loss;
    private final boolean takesLogits;
    private final Reduction reduction;
    private final Activation last;
    private final List<Logged> metrics;

    private Objective(CompileConf conf, Activation last) {
        this.takesLogits = RowLosses.isFused(conf.loss(), last);
        this.loss = RowLosses.of(conf.loss(), takesLogits);
        this.reduction = conf.loss().reduction();
        this.last = last;
        this.metrics = conf.logged();
    }

    /**
     * The objective of a model whose output comes out of this activation.
     *
     * <p>A crossentropy of probabilities that softmax or sigmoid yields over the last axis is computed from what goes into
     * that activation, as Keras does on TensorFlow: see {@link #takesLogits}.
     *
     * @param last linear where the last layer has no activation, or where its output is needed as it is
     */
    public static Objective of(CompileConf conf, Activation last) {
        return new Objective(conf, last);
    }

    /** Whether {@link #loss} wants what goes into the last activation, and not what comes out. */
    public boolean takesLogits() {
        return takesLogits;
    }

    /**
     * The sum of the samples' weighted losses.
     *
     * @param scores the model's output, or what {@link #takesLogits} says, in C order
     * @param shape of the scores, batch first
     * @param weights one for each sample, or for each position; null for 1
     * @param gradient overwritten with the sum's gradient with respect to the scores; null where that is not wanted
     */
    public double loss(
            float[] scores, int[] shape, Tensor targets, @Nullable Tensor weights, float @Nullable [] gradient) {
        int samples = shape[0];
        if (samples == 0) {
            return 0;
        }
        int classes = shape[shape.length - 1];
        int rows = scores.length / classes;
        int positions = rows / samples;
        int targetSize = loss.targetSize(classes);
        requireSize(targets, (long) rows * targetSize, shape);
        int rowsPerWeight = rowsPerWeight(weights, samples, positions);
        double sum = 0;
        for (int row = 0; row < rows; row++) {
            double weight = weights == null ? 1 : weights.values()[row / rowsPerWeight];
            double scale = reduction.isMean() ? weight / positions : weight;
            sum += scale
                    * loss.row(scores, row * classes, classes, targets.values(), row * targetSize, scale, gradient);
        }
        return sum;
    }

    private static int rowsPerWeight(@Nullable Tensor weights, int samples, int positions) {
        if (weights == null || weights.size() == samples) {
            return positions;
        }
        if (weights.size() != samples * positions) {
            throw new IllegalArgumentException(
                    "Invalid `sample_weight`: must have one weight for each of %d samples. Received: shape %s"
                            .formatted(samples, Arrays.toString(weights.shape())));
        }
        return 1;
    }

    /** The sums over no samples. */
    public BatchSums nothing() {
        return BatchSums.none(Logged.numbers(metrics));
    }

    /**
     * A batch's sums.
     *
     * @param loss what {@link #loss} returned, with penalties
     * @param scores what it took
     * @param predictions the model's output in C order
     * @param shape of both, batch first
     */
    public BatchSums sums(double loss, Batch batch, float[] scores, float[] predictions, int[] shape) {
        double[] numbers = metrics(scores, predictions, shape, batch.y(), batch.sampleWeight());
        return new BatchSums(batch.size(), loss, weight(shape, batch.sampleWeight()), reduction, numbers);
    }

    /** What makes the loss a mean, in this batch. */
    private double weight(int[] shape, @Nullable Tensor weights) {
        if (reduction.isMean()) {
            return shape[0];
        }
        double sum = 0;
        if (weights != null && reduction == Reduction.MEAN_WITH_SAMPLE_WEIGHT) {
            for (float weight : weights.values()) {
                sum += weight;
            }
            return sum;
        }
        return Arrays.stream(shape, 0, shape.length - 1).reduce(1, Math::multiplyExact);
    }

    /**
     * The numbers of each metric over a batch, one metric after the other.
     *
     * @param scores what the loss takes
     * @param predictions the model's output in C order
     * @param shape of both, batch first
     * @param weights one for each sample, or for each position, which weighted metrics take; null for 1
     */
    double[] metrics(float[] scores, float[] predictions, int[] shape, Tensor targets, @Nullable Tensor weights) {
        double[] numbers = new double[Logged.numbers(metrics)];
        int from = 0;
        for (Logged logged : metrics) {
            boolean fromScores =
                    takesLogits && logged.metric() instanceof LossMetric mean && RowLosses.isFused(mean.loss(), last);
            RowMetric metric = RowMetric.of(logged.metric(), fromScores, targets.shape(), shape);
            Tensor own = logged.isWeighted() ? weights : null;
            add(metric, fromScores ? scores : predictions, shape, targets, own, numbers, from);
            from += logged.metric().numbers();
        }
        return numbers;
    }

    private static void add(
            RowMetric metric,
            float[] predictions,
            int[] shape,
            Tensor targets,
            @Nullable Tensor weights,
            double[] numbers,
            int at) {
        int samples = shape[0];
        if (samples == 0) {
            return;
        }
        int classes = shape[shape.length - 1];
        int rows = predictions.length / classes;
        int targetSize = metric.targetSize(classes);
        requireSize(targets, (long) rows * targetSize, shape);
        int rowsPerWeight = rowsPerWeight(weights, samples, rows / samples);
        for (int row = 0; row < rows; row++) {
            double weight = weights == null ? 1 : weights.values()[row / rowsPerWeight];
            int target = row * targetSize;
            metric.add(predictions, row * classes, classes, targets.values(), target, weight, numbers, at);
        }
    }

    private static void requireSize(Tensor targets, long size, int[] shape) {
        if (targets.size() != size) {
            throw new IllegalArgumentException(
                    "Arguments `target` and `output` must have the same shape (class numbers: without the last axis). "
                            + "Received: target.shape=%s, output.shape=%s"
                                    .formatted(Arrays.toString(targets.shape()), Arrays.toString(shape)));
        }
    }
}
