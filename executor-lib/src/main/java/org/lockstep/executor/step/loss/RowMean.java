package org.lockstep.executor.step.loss;

import org.lockstep.metrics.Accuracy;

/** A metric that is the mean of one value for each position. */
interface RowMean extends RowMetric {

    /** The position's value. */
    double row(float[] predictions, int from, int classes, float[] targets, int targetFrom);

    @Override
    default void add(
            float[] predictions,
            int from,
            int classes,
            float[] targets,
            int targetFrom,
            double weight,
            double[] numbers,
            int at) {
        numbers[at] += weight * row(predictions, from, classes, targets, targetFrom);
        numbers[at + 1] += weight;
    }

    static RowMean of(Accuracy.Kind kind, float threshold) {
        return switch (kind) {
            case BINARY -> new BinaryHits(threshold);
            case CATEGORICAL -> new ClassHits(true);
            case SPARSE_CATEGORICAL -> new ClassHits(false);
            case BY_SHAPE -> throw new IllegalStateException("The kind of accuracy must be resolved first");
        };
    }

    /** The share of the last axis where y = (p &gt; threshold). */
    record BinaryHits(float threshold) implements RowMean {

        @Override
        public int targetSize(int classes) {
            return classes;
        }

        @Override
        public double row(float[] predictions, int from, int classes, float[] targets, int targetFrom) {
            int hits = 0;
            for (int i = 0; i < classes; i++) {
                hits += targets[targetFrom + i] == (predictions[from + i] > threshold ? 1 : 0) ? 1 : 0;
            }
            return (double) hits / classes;
        }
    }

    /** 1 where the largest prediction, the first of several, is the wanted class; else 0. */
    record ClassHits(boolean oneHot) implements RowMean {

        @Override
        public int targetSize(int classes) {
            return oneHot ? classes : 1;
        }

        @Override
        public double row(float[] predictions, int from, int classes, float[] targets, int targetFrom) {
            int wanted = oneHot ? largest(targets, targetFrom, classes) : (int) targets[targetFrom];
            return largest(predictions, from, classes) == wanted ? 1 : 0;
        }
    }

    /** The place of the largest, the first of several. */
    static int largest(float[] values, int from, int count) {
        int best = 0;
        for (int i = 1; i < count; i++) {
            best = values[from + i] > values[from + best] ? i : best;
        }
        return best;
    }
}
