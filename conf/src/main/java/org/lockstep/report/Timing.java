package org.lockstep.report;

import java.io.Serializable;

/**
 * Where a worker's time went, in nanoseconds.
 *
 * @param compute forward and backward passes
 * @param exchange sums, the update, and waiting for other workers
 * @param stall waiting for batches
 */
public record Timing(long compute, long exchange, long stall) implements Serializable {

    public static final Timing NONE = new Timing(0, 0, 0);

    public Timing plus(Timing other) {
        return new Timing(compute + other.compute, exchange + other.exchange, stall + other.stall);
    }

    public long total() {
        return compute + exchange + stall;
    }
}
