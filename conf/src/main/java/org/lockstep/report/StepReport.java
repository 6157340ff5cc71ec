package org.lockstep.report;

import java.io.Serializable;

/**
 * One update, over all shards.
 *
 * @param epoch 0-based
 * @param step 0-based in the epoch
 * @param samples of the global batch
 * @param loss of the step as Keras reports it, penalties included
 * @param metrics the sums of each metric, one metric after the other
 * @param timing of the worker that reports
 */
public record StepReport(int epoch, int step, long samples, double loss, double[] metrics, Timing timing)
        implements Serializable {}
