package org.lockstep.examples.bench.exchange;

/**
 * What connects a worker with the others.
 *
 * @param gigabits in a second, each way at once
 * @param delay seconds from a message's sending to its arrival
 */
public record Link(double gigabits, double delay) {

    private static final double GIGA = 1e9;

    double bytesPerSecond() {
        return gigabits * GIGA / Byte.SIZE;
    }

    long bitsPerSecond() {
        return Math.round(gigabits * GIGA);
    }

    /** Seconds that a load takes on it, if nothing else did. */
    public double seconds(Load load) {
        return load.rounds() * delay + load.bytes() / bytesPerSecond();
    }
}
