package org.lockstep.data;

/**
 * Batches by index: Keras's {@code Sequence}.
 *
 * <p>Order of calls: for every epoch {@link #onEpochBegin}, then {@link #get} for indices below {@link #length}, then
 * {@link #onEpochEnd}; at last {@link #close}. Between begin and end of an epoch, {@code get} is called by several
 * threads at once, in any order, and again for an index that was asked for before: it must then return the same batch,
 * so it must not hand out "the next" batch from a cursor. Whoever opened a sequence closes it.
 */
public interface Sequence extends AutoCloseable {

    /** The number of batches in an epoch. */
    int length();

    /**
     * The batch at this place of the current epoch.
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

    /** Told after the last batch of each epoch. */
    default void onEpochEnd() {}

    @Override
    default void close() {}
}
