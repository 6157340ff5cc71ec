package org.lockstep.examples.bench.exchange;

import java.util.Locale;

/**
 * Ways of averaging gradients among W workers of machines of their own, and what they need of a network. Each gradient of P
 * bytes is summed in slices by their owners, and the new weights go back: what a worker sends, it also receives.
 */
public enum Algorithm {
    /** Every worker sends every owner its slice, and every owner its weights to all: two rounds of W − 1 messages. */
    DIRECT(true) {
        @Override
        long rounds(int workers) {
            return 2;
        }

        @Override
        long messages(int workers) {
            return 2L * (workers - 1);
        }

        @Override
        double bytes(int workers, double gradient) {
            return 2 * gradient * (workers - 1) / workers;
        }
    },

    /**
     * First among g workers of a group, then among the owners of the same slice in W / g groups, and back: four rounds. A
     * group is a node of the canonical tree, so its size is a power of two: the one next to the root of W.
     */
    HIERARCHICAL(true) {
        @Override
        long rounds(int workers) {
            return 4;
        }

        @Override
        long messages(int workers) {
            int group = group(workers);
            return 2L * (group - 1 + groups(workers) - 1);
        }

        @Override
        double bytes(int workers, double gradient) {
            double group = group(workers);
            double groups = groups(workers);
            return 2 * (gradient * (group - 1) / group + gradient / group * (groups - 1) / groups);
        }
    },

    /** Slices go round a ring, each worker adding its own: for comparison, as the order of its sums depends on W. */
    RING(false) {
        @Override
        long rounds(int workers) {
            return 2L * (workers - 1);
        }

        @Override
        long messages(int workers) {
            return 2L * (workers - 1);
        }

        @Override
        double bytes(int workers, double gradient) {
            return 2 * gradient * (workers - 1) / workers;
        }
    };

    private final boolean canonical;

    Algorithm(boolean canonical) {
        this.canonical = canonical;
    }

    /** Whether sums can be taken in the canonical order, whatever W. */
    public boolean isCanonical() {
        return canonical;
    }

    /** The name in tables and in JSON. */
    public String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Rounds one after the other. */
    abstract long rounds(int workers);

    /** Messages that a worker sends. */
    abstract long messages(int workers);

    /** Bytes that a worker sends. */
    abstract double bytes(int workers, double gradient);

    /**
     * Seconds of an exchange of a gradient of so many bytes: the network's delay for each round, the measured cost of a
     * message, the bytes over the link, and the sums at the measured speed of adding. Nothing overlaps with computing.
     */
    public double seconds(int workers, double gradient, Network network, CostModel measured) {
        return rounds(workers) * network.delay()
                + messages(workers) * measured.latency()
                + bytes(workers, gradient) / network.bytesPerSecond()
                + bytes(workers, gradient) / 2 / measured.bandwidth();
    }

    private static int group(int workers) {
        int root = (int) Math.round(Math.sqrt(workers));
        return Math.max(1, Integer.highestOneBit(root));
    }

    private static int groups(int workers) {
        return -Math.floorDiv(-workers, group(workers));
    }

    /**
     * What connects the workers.
     *
     * @param gigabits of a worker's link in a second, each way at once
     * @param delay seconds from a message's sending to its arrival
     */
    public record Network(double gigabits, double delay) {

        double bytesPerSecond() {
            return gigabits * 1e9 / Byte.SIZE;
        }
    }
}
