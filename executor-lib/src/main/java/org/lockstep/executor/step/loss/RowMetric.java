package org.lockstep.executor.step.loss;

import org.lockstep.metrics.Accuracy;
import org.lockstep.metrics.Metric;
import org.lockstep.metrics.TopK;

/** What one position adds to a metric's numbers. */
interface RowMetric {

    /** Numbers of one target. */
    int targetSize(int classes);

    /**
     * Adds a position.
     *
     * @param predictions of all positions; this one's begin at {@code from}
     * @param targets of all positions; this one's begin at {@code targetFrom}
     * @param numbers where the metric's begin at {@code at}
     */
    void add(
            float[] predictions,
            int from,
            int classes,
            float[] targets,
            int targetFrom,
            double weight,
            double[] numbers,
            int at);

    /**
     * The formula of a metric.
     *
     * @param targets their shape, batch first
     * @param predictions their shape, batch first
     */
    static RowMetric of(Metric metric, int[] targets, int[] predictions) {
        if (metric instanceof Accuracy accuracy) {
            return RowMean.of(accuracy.resolve(targets, predictions));
        }
        if (metric instanceof TopK top) {
            return new TopHits(!top.sparse(), top.k());
        }
        throw new IllegalStateException("No formula for metric " + metric);
    }
}
