package org.lockstep.data;

import java.io.Serializable;

/**
 * An epoch's part of the data, in the data's own batches: at first the batches [0, replay) again, then [from, from + count
 * − replay).
 *
 * @param epoch of the run, 0-based
 * @param order the epoch in which this pass over the data began: the one whose shuffled order counts
 * @param replay batches from the beginning that are given once more
 * @param count all batches of the epoch; {@link #UNKNOWN} where they are drawn until there are no more
 */
public record Window(int epoch, int order, int replay, long from, long count) implements Serializable {

    /** The count of an epoch that ends when the data do. */
    public static final long UNKNOWN = Long.MAX_VALUE;

    public Window {
        if (epoch < 0 || order < 0 || replay < 0 || from < 0 || count < replay) {
            throw new IllegalArgumentException(
                    "Invalid window: epoch %d, order %d, replay %d, from %d, count %d must not be negative, and replay not above count"
                            .formatted(epoch, order, replay, from, count));
        }
    }

    /** The first batches of the data, in the epoch's own order. */
    public static Window of(int epoch, long count) {
        return new Window(epoch, epoch, 0, 0, count);
    }

    public boolean isUnknown() {
        return count == UNKNOWN;
    }

    /**
     * The number of updates; {@link Integer#MAX_VALUE} where it is not known.
     *
     * @param perUpdate batches that an update takes
     */
    public int updates(int perUpdate) {
        return isUnknown()
                ? Integer.MAX_VALUE
                : Math.toIntExact(ceil(replay, perUpdate) + ceil(count - replay, perUpdate));
    }

    /**
     * The batch that a shard has in an update: of the update's consecutive batches the one whose number, modulo the
     * shards, is the shard's.
     *
     * @return −1 where there is none
     */
    public long batch(int step, int shard, int shards) {
        long again = ceil(replay, shards);
        long start = step < again ? (long) step * shards : from + (step - again) * shards;
        long end = step < again ? replay : isUnknown() ? UNKNOWN : from + count - replay;
        long batch = start + Math.floorMod(shard - start, (long) shards);
        return batch < end ? batch : -1;
    }

    private static long ceil(long batches, int perUpdate) {
        return -Math.floorDiv(-batches, (long) perUpdate);
    }
}
