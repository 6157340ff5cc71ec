package org.lockstep.data;

import java.io.Serializable;

/**
 * How samples become batches.
 *
 * @param batchSize samples in one global batch, all shards together
 * @param seed the run's seed: orders are a function of it and of the epoch, not of the number of shards
 * @param shuffle whether each pass over the data, the first included, has an order of its own
 * @param initialEpoch the first epoch of the run, 0-based
 * @param rehearsal what a user's sequence hears besides its epochs
 */
public record BatchOrder(int batchSize, long seed, boolean shuffle, int initialEpoch, Rehearsal rehearsal)
        implements Serializable {

    public BatchOrder {
        if (batchSize < 1) {
            throw new IllegalArgumentException(
                    "Invalid `batch_size`: must be a positive integer. Received: " + batchSize);
        }
    }

    /** The order of a run that begins with epoch 0. */
    public BatchOrder(int batchSize, long seed, boolean shuffle) {
        this(batchSize, seed, shuffle, 0);
    }

    /** An order without a rehearsal. */
    public BatchOrder(int batchSize, long seed, boolean shuffle, int initialEpoch) {
        this(batchSize, seed, shuffle, initialEpoch, Rehearsal.NONE);
    }
}
