package org.lockstep.data;

import java.util.List;

/**
 * One shard's batches by place, whatever they come from; what a prefetch queue reads.
 *
 * <p>Order of calls: for every epoch {@link #onEpochBegin}, then {@link #get} for places in it, then {@link #onEpochEnd};
 * at last {@link #close}. An epoch may be left in the middle, and any other may follow: asked again, a place gives the
 * same batch. Whoever opened a feed closes it.
 */
public interface Feed extends AutoCloseable {

    /** Whether several threads may ask at once, in any order; else one thread does, and does best to ask in order. */
    boolean isRandomAccess();

    /**
     * Told before the first batch of an epoch.
     *
     * @param epoch 0-based
     */
    default void onEpochBegin(int epoch) {}

    /**
     * This shard's batch of an update.
     *
     * @param window the epoch's part of the data
     * @param step the update, 0-based in the window
     * @return {@link Batch#NONE} where the shard has none
     * @throws BadDataException if it cannot be read
     */
    Batch get(Window window, int step);

    /**
     * The bad records that were left out of batches since the last call, each named once: "Cannot read FILE at PLACE:
     * REASON".
     */
    default List<String> drainSkipped() {
        return List.of();
    }

    /**
     * The user's name for a batch, for messages, such as "index 3"; empty where it has none but its place. Any thread may
     * ask.
     */
    default String describe(Window window, int step) {
        return "";
    }

    /** Told after the last batch of an epoch. */
    default void onEpochEnd(int epoch) {}

    @Override
    default void close() {}
}
