package org.lockstep.executor.exchange;

import org.lockstep.executor.step.BatchSums;
import org.lockstep.report.StepReport;

/**
 * A step over all shards.
 *
 * @param sums losses, metrics and counts
 * @param penalty of the weights that the step began with, which the reported loss includes
 */
public record StepOutcome(BatchSums sums, double penalty) {

    /** The report of the step, with the loss as Keras reports it. */
    public StepReport report(int epoch, int step) {
        double loss = sums.loss() / sums.samples() + penalty;
        return new StepReport(epoch, step, sums.samples(), loss, sums.metrics());
    }
}
