package org.lockstep.examples.bench.exchange;

import java.util.Locale;

/**
 * Ways of averaging gradients among W workers of machines of their own, and what they ask of each. Each gradient is summed
 * in slices by their owners, what spans slices is agreed on in a small exchange, and the new weights go back.
 */
public enum Algorithm {
    /** Every worker sends every owner its slice, and every owner its weights to all: what {@code NetworkExchange} does. */
    DIRECT(true) {
        @Override
        Load load(int workers, double numbers) {
            return of(3, 3L * (workers - 1), 2 * numbers * (workers - 1) / workers, numbers, workers);
        }
    },

    /**
     * First among g workers of a group, then among the owners of the same slice in W / g groups, and back. A group is a
     * node of the canonical tree, so its size is a power of two: the one next to the root of W.
     */
    HIERARCHICAL(true) {
        @Override
        Load load(int workers, double numbers) {
            int root = (int) Math.round(Math.sqrt(workers));
            int group = Math.max(1, Integer.highestOneBit(root));
            int groups = -Math.floorDiv(-workers, group);
            double within = numbers * (group - 1) / group;
            double among = numbers / group * (groups - 1) / groups;
            return of(6, 3L * (group - 1 + groups - 1), 2 * (within + among), numbers, workers);
        }
    },

    /** Slices go round a ring, each worker adding its own: for comparison, as the order of its sums depends on W. */
    RING(false) {
        @Override
        Load load(int workers, double numbers) {
            int rounds = 2 * (workers - 1);
            return of(rounds, rounds, 2 * numbers * (workers - 1) / workers, numbers, workers);
        }
    };

    private final boolean canonical;

    Algorithm(boolean canonical) {
        this.canonical = canonical;
    }

    private static Load of(int rounds, long messages, double numbersSent, double numbers, int workers) {
        return workers == 1
                ? new Load(0, 0, 0, Load.operations(numbers, 1))
                : new Load(rounds, messages, numbersSent * Float.BYTES, Load.operations(numbers, workers));
    }

    /** Whether sums can be taken in the canonical order, whatever W. */
    public boolean isCanonical() {
        return canonical;
    }

    /** The name in tables and in JSON. */
    public String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What a worker does in a step, for a gradient of so many numbers. */
    abstract Load load(int workers, double numbers);

    /**
     * Seconds of an exchange and update: the link's delay for each round, the bytes over the link, and what the worker's
     * processor does for messages, bytes and numbers, as it was measured. Nothing overlaps.
     */
    public double seconds(int workers, double numbers, Link link, CostModel measured) {
        Load load = load(workers, numbers);
        return link.seconds(load) + measured.seconds(load);
    }
}
