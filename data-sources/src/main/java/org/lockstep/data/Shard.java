package org.lockstep.data;

import java.io.Serializable;

/** A pointer to one shard of a {@link DataSource}: small, holds nothing open, and is opened where it is read. */
public interface Shard extends Serializable {

    /** This shard's number, in [0, {@link #shards}). */
    int index();

    /** The number of shards the data is divided among. */
    int shards();

    /**
     * Opens the shard's part of every global batch; the caller closes it.
     *
     * @throws BadDataException if the data cannot be read
     */
    Sequence open(BatchOrder order);
}
