package org.lockstep.examples.bench.exchange;

import java.util.List;

/**
 * What a step's exchange took.
 *
 * @param model the network's name
 * @param bytesPerWorker taken from others in a step
 * @param rounds in which all workers wait for one another in a step
 * @param seconds of a step's exchange and update, in each round of measuring
 */
public record Measurement(
        String transport,
        String model,
        long parameters,
        int workers,
        long bytesPerWorker,
        int rounds,
        List<Double> seconds) {

    public Measurement {
        seconds = List.copyOf(seconds);
    }

    /** Messages among all workers, as the model counts them: one of each worker in each round. */
    public long messages() {
        return (long) rounds * workers;
    }

    /** Bytes that all workers take, all on this machine. */
    public long bytes() {
        return bytesPerWorker * workers;
    }
}
