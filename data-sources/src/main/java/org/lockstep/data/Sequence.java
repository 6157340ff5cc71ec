package org.lockstep.data;

/**
 * Batches by index: Keras's {@code Sequence}, or {@code PyDataset}.
 *
 * <p>It is serializable, and every shard works on a copy of its own: hooks may change the copy's state, which neither other
 * shards nor the driver see, so large data are better named than held. Order of calls on a copy: for every epoch {@link
 * #onEpochBegin}, then {@link #get} for some indices, then {@link #onEpochEnd}; at last {@link #close}. Between begin and
 * end of an epoch, {@code get} is called by several threads at once, in any order, and again for an index that was asked
 * for before: it must then return the same batch. A copy that begins in a later epoch is told of the epochs before.
 *
 * <p>As in Keras 3, {@code fit} calls begin, {@code get} for one index, and end once more before its first epoch, and end
 * before each evaluation.
 *
 * <p>The batches are dealt out to the shards by index: with S shards, one update takes S of them, and the last update of
 * an epoch perhaps fewer. With one shard that is Keras exactly.
 */
public interface Sequence extends TrainingData, AutoCloseable {

    /** The number of batches in a pass. */
    int length();

    /**
     * The batch at this place.
     *
     * @param index in [0, length)
     */
    Batch get(int index);

    /**
     * Told before the first batch of each epoch.
     *
     * @param epoch 0-based
     */
    default void onEpochBegin(int epoch) {}

    /** Told after the last batch of each epoch; what it changes shows in the next one. */
    default void onEpochEnd() {}

    @Override
    default void close() {}

    @Override
    default Shard shard(int shard, int shards) {
        return new SequenceShard(this, shard, shards);
    }

    @Override
    default Long batches(BatchOrder order, int shards) {
        return (long) length();
    }
}
