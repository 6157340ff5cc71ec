package org.lockstep.executor.exchange;

import org.lockstep.executor.step.BatchSums;
import org.lockstep.report.StepReport;
import org.lockstep.report.Timing;

/**
 * A step over all shards.
 *
 * @param sums losses, metrics and counts
 * @param penalty of the weights that the step began with, which the reported loss includes
 * @param isLast whether somebody had called {@link Exchange#stop} before the step
 */
public record StepOutcome(BatchSums sums, double penalty, boolean isLast) {

    /** Whether no shard had a sample; nothing was updated then. */
    public boolean isEmpty() {
        return sums.samples() == 0;
    }

    /** The report of the step, with the loss as Keras reports it. */
    public StepReport report(int epoch, int step, Timing timing) {
        double loss = sums.reducedLoss() + penalty;
        return new StepReport(epoch, step, sums.samples(), loss, sums.metrics(), timing);
    }
}
