package org.lockstep.report;

import java.util.List;

/**
 * Where an epoch's time went, in nanoseconds of the clock on the wall: compute, exchange and stall are sums over the steps
 * of the mean over the workers.
 *
 * @param epoch 0-based; −1 in a sum over epochs
 * @param steps updates made
 * @param samples trained on
 * @param compute forward, backward and update
 * @param exchange sending gradients and waiting for those of others
 * @param stall waiting for the next batch
 * @param wall the epoch's training from its first step to its last, validation not included
 * @param validation the validation after it; 0 where there was none
 */
public record EpochTimes(
        int epoch, long steps, long samples, long compute, long exchange, long stall, long wall, long validation) {

    public EpochTimes {
        if (steps < 0 || samples < 0 || compute < 0 || exchange < 0 || stall < 0 || wall < 0 || validation < 0) {
            throw new IllegalArgumentException("Invalid times: must not be negative. Received: epoch " + epoch + ", "
                    + List.of(steps, samples, compute, exchange, stall, wall, validation));
        }
    }

    /** The sum over epochs. */
    public static EpochTimes total(List<EpochTimes> epochs) {
        EpochTimes sum = new EpochTimes(-1, 0, 0, 0, 0, 0, 0, 0);
        for (EpochTimes each : epochs) {
            sum = new EpochTimes(
                    -1,
                    sum.steps + each.steps,
                    sum.samples + each.samples,
                    sum.compute + each.compute,
                    sum.exchange + each.exchange,
                    sum.stall + each.stall,
                    sum.wall + each.wall,
                    sum.validation + each.validation);
        }
        return sum;
    }

    /** What is left of the wall time: scheduling, callbacks, reports. */
    public long other() {
        return Math.max(0, wall - compute - exchange - stall);
    }

    /** The four parts together: the wall time, or more where clocks disagree. */
    public long parts() {
        return compute + exchange + stall + other();
    }

    /** The part of the step time, in [0, 1], that waiting for batches took. */
    public double stallShare() {
        return parts() == 0 ? 0 : (double) stall / parts();
    }
}
