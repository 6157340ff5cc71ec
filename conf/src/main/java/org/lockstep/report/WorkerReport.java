package org.lockstep.report;

/**
 * Where one worker's time went over a run.
 *
 * @param place the executor that it ran on
 * @param steps that it did
 * @param shardSteps the same, each counted once for each shard that it had
 */
public record WorkerReport(String place, long steps, long shardSteps, Timing timing) {

    private static final double MILLIS = 1e6;

    /** Both together. */
    public WorkerReport plus(WorkerReport other) {
        return new WorkerReport(place, steps + other.steps, shardSteps + other.shardSteps, timing.plus(other.timing));
    }

    /** Milliseconds for one shard's part of a step: what the worker took itself, for batches and for computing. */
    public double ownMillis() {
        return shardSteps == 0 ? 0 : (timing.compute() + timing.stall()) / MILLIS / shardSteps;
    }

    /** Milliseconds of a step, of some nanoseconds over all of them. */
    public double perStep(long nanos) {
        return steps == 0 ? 0 : nanos / MILLIS / steps;
    }
}
