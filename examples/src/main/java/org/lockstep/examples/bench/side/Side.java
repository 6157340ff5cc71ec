package org.lockstep.examples.bench.side;

/** One system of a comparison, started and with its data in memory. For one thread. */
public interface Side extends AutoCloseable {

    /** What is measured, with versions and settings, in a line. */
    String description();

    /** Does the work of the {@link Workload} once and says how long it took. */
    Round round();

    /**
     * The part of the held-out images that the network, as trained so far, names correctly; NaN where there is no network
     * or the images have no meaning.
     */
    default double accuracy() {
        return Double.NaN;
    }

    @Override
    void close();
}
