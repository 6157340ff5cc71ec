package org.lockstep.data;

import java.io.Serializable;

/** A pointer to one shard of {@link TrainingData}: small, holds nothing open, and is opened where it is read. */
public interface Shard extends Serializable {

    /** This shard's number, in [0, {@link #shards}). */
    int index();

    /** The number of shards the data are divided among. */
    int shards();

    /** Told on the driver, as {@link TrainingData#prepare}. */
    default void prepare() {}

    /**
     * Opens the shard's batches; the caller closes them.
     *
     * @throws BadDataException if the data cannot be read
     */
    Feed open(BatchOrder order);
}
