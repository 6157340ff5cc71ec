package org.lockstep.data;

import java.io.Serializable;

/**
 * How samples become batches.
 *
 * @param batchSize samples in one global batch, all shards together
 * @param seed the run's seed: orders are a function of it and of the epoch, not of the number of shards
 * @param shuffle whether each epoch, the first included, has an order of its own
 */
public record BatchOrder(int batchSize, long seed, boolean shuffle) implements Serializable {

    public BatchOrder {
        if (batchSize < 1) {
            throw new IllegalArgumentException(
                    "Invalid `batch_size`: must be a positive integer. Received: " + batchSize);
        }
    }
}
