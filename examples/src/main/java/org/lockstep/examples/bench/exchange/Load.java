package org.lockstep.examples.bench.exchange;

/**
 * What one worker does in a step's exchange, by which costs are counted.
 *
 * @param rounds in which all workers wait for one another, one after the other
 * @param messages that it sends; it receives as many
 * @param bytes that it sends; it receives as many
 * @param operations additions of two numbers, and two for each number that it updates
 */
public record Load(int rounds, long messages, double bytes, double operations) {

    static final Load NONE = new Load(0, 0, 0, 0);

    /** Of SGD: a multiplication and an addition. */
    private static final int UPDATE = 2;

    /** Additions of all others' numbers to those that a worker owns, and their update. */
    static double operations(double numbers, int workers) {
        return numbers * (workers - 1 + UPDATE) / workers;
    }
}
