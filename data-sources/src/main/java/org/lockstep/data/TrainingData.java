package org.lockstep.data;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What {@code fit} trains on or validates on: a {@link DataSource}, a {@link Sequence}, a {@link ShardedSequence} or a
 * {@link BatchGenerator}. It travels to the executors and holds nothing open.
 */
public interface TrainingData extends Serializable {

    /**
     * The pointer to one of several shards.
     *
     * @param shard in [0, shards)
     */
    Shard shard(int shard, int shards);

    /** The batches of one pass over the data; null where nobody knows before they are drawn. */
    @Nullable
    Long batches(BatchOrder order, int shards);

    /**
     * The batches that one update takes: 1 where every batch is cut into parts for the shards, the number of shards
     * where each shard takes a batch of its own.
     */
    default int batchesPerUpdate(int shards) {
        return shards;
    }

    /**
     * Told on the driver before jobs read the data, and again after a {@link LostDataException}: what is missing on the
     * executors is brought back.
     */
    default void prepare() {}

    /**
     * What tells these data from others of the same class and length, such as the names and beginnings of files: a checkpoint
     * resumes only a run whose data say the same. Another process that is given the same data must find the same; empty where
     * there is nothing to tell.
     */
    default String fingerprint() {
        return "";
    }

    /** Whether a pass can be had in another order than its own. */
    default boolean canShuffle() {
        return true;
    }
}
