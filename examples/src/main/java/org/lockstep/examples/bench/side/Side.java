package org.lockstep.examples.bench.side;

/** One system of a comparison, started and with its data in memory. For one thread. */
public interface Side extends AutoCloseable {

    /** What is measured, with versions, in a line. */
    String description();

    /** Trains on all images of the {@link Workload} once and returns the seconds that took. */
    double epoch();

    /** The part of the held-out images that the network, as trained so far, names correctly. */
    double accuracy();

    @Override
    void close();
}
