package org.lockstep.report;

/**
 * What a shard's prefetch queue measured over a run.
 *
 * @param shard 0-based
 * @param capacity batches that it may hold: {@code max_queue_size}
 * @param meanDepth batches that were ready when one was taken, on average
 * @param stall nanoseconds that its worker waited for batches of this shard
 * @param wall nanoseconds of the run's steps, validation not included
 */
public record QueueTimes(int shard, int capacity, double meanDepth, long stall, long wall) {

    /** The part of the step time, in [0, 1], that waiting for this shard's batches took. */
    public double stallShare() {
        return wall == 0 ? 0 : Math.min(1, (double) stall / wall);
    }
}
