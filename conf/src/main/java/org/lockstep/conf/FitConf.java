package org.lockstep.conf;

import java.io.Serializable;

/**
 * The arguments of Keras's {@code fit} that are numbers and switches.
 *
 * @param batchSize samples of a global batch, over all shards
 * @param epochs the epoch before which training ends, not a count from {@code initialEpoch}
 * @param initialEpoch the first epoch, 0-based
 * @param shuffle whether each epoch has an order of its own
 * @param maxQueueSize batches that a shard's prefetch queue holds at most
 * @param seed what all of the run's randomness hangs on
 */
public record FitConf(
        int batchSize, int epochs, int initialEpoch, boolean shuffle, Verbose verbose, int maxQueueSize, long seed)
        implements Serializable {

    public FitConf {
        positive("batch_size", batchSize);
        positive("epochs", epochs);
        positive("max_queue_size", maxQueueSize);
        if (initialEpoch < 0) {
            throw new IllegalArgumentException(
                    "Invalid `initial_epoch`: must not be negative. Received: " + initialEpoch);
        }
    }

    /** Keras's defaults. */
    public static FitConf of() {
        return new FitConf(32, 1, 0, true, Verbose.AUTO, 10, 0);
    }

    public FitConf batchSize(int value) {
        return new FitConf(value, epochs, initialEpoch, shuffle, verbose, maxQueueSize, seed);
    }

    public FitConf epochs(int value) {
        return new FitConf(batchSize, value, initialEpoch, shuffle, verbose, maxQueueSize, seed);
    }

    public FitConf initialEpoch(int value) {
        return new FitConf(batchSize, epochs, value, shuffle, verbose, maxQueueSize, seed);
    }

    public FitConf shuffle(boolean value) {
        return new FitConf(batchSize, epochs, initialEpoch, value, verbose, maxQueueSize, seed);
    }

    public FitConf verbose(Verbose value) {
        return new FitConf(batchSize, epochs, initialEpoch, shuffle, value, maxQueueSize, seed);
    }

    public FitConf maxQueueSize(int value) {
        return new FitConf(batchSize, epochs, initialEpoch, shuffle, verbose, value, seed);
    }

    public FitConf seed(long value) {
        return new FitConf(batchSize, epochs, initialEpoch, shuffle, verbose, maxQueueSize, value);
    }

    private static void positive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(
                    "Invalid `%s`: must be a positive integer. Received: %d".formatted(name, value));
        }
    }
}
