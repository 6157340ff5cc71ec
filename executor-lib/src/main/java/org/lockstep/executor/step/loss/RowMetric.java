package org.lockstep.executor.step.loss;

import org.lockstep.metrics.AUC;
import org.lockstep.metrics.Accuracy;
import org.lockstep.metrics.Confusion;
import org.lockstep.metrics.LossMetric;
import org.lockstep.metrics.Metric;
import org.lockstep.metrics.RootMeanSquaredError;
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
     * @param fromScores whether it takes what goes into the last activation, where that is what a crossentropy wants
     * @param targets their shape, batch first
     * @param predictions their shape, batch first
     */
    static RowMetric of(Metric metric, boolean fromScores, int[] targets, int[] predictions) {
        if (metric instanceof Accuracy accuracy) {
            return RowMean.of(accuracy.resolve(targets, predictions), (float) accuracy.threshold());
        }
        if (metric instanceof TopK top) {
            return new TopHits(!top.sparse(), top.k());
        }
        if (metric instanceof LossMetric mean) {
            return new LossMean(RowLosses.of(mean.loss(), fromScores), mean.isNegated());
        }
        if (metric instanceof RootMeanSquaredError) {
            return new LossMean(SimpleLosses.squaredError(), false);
        }
        if (metric instanceof Confusion confusion) {
            return ConfusionCounts.of(confusion);
        }
        if (metric instanceof AUC auc) {
            return new AreaCounts(auc);
        }
        throw new IllegalStateException("No formula for metric " + metric);
    }
}
