package org.lockstep.examples.bench.exchange;

/**
 * Workers that do nothing but exchange gradients and update weights, so that what a step takes is the exchange. For one
 * thread.
 */
public interface Meter extends AutoCloseable {

    /** Exchanges some steps, from a moment at which all workers are ready. */
    Reading read(int steps) throws InterruptedException;

    /**
     * What was read.
     *
     * @param seconds of a step, of the slowest worker
     * @param sent bytes that a worker sent in a step, as the system counts them, headers included; the mean over all
     *     workers, or NaN where nothing counts
     */
    record Reading(double seconds, double sent) {}

    @Override
    void close();
}
