package org.lockstep.examples.bench.exchange;

import org.lockstep.examples.bench.side.BenchModel;

/** One way of exchanging gradients; a shard for each worker. */
public interface Transport {

    /** The name of processes as on machines of their own, with a network that nothing slows down. */
    String PROCESSES = "processes";

    /** The name of processes as on one machine: what they exchange goes through its memory. */
    String ONE_MACHINE = "one machine";

    /** The name in tables and in JSON. */
    String title();

    /**
     * What a worker does in a step.
     *
     * @param numbers in the gradient
     */
    Load load(int numbers, int workers);

    /** Workers that have met, with fresh weights. */
    Meter open(BenchModel model, int workers) throws InterruptedException;
}
