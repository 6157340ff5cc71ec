package org.lockstep.data;

import org.jspecify.annotations.Nullable;

/** Random access to opened samples. Called by several threads at once. */
public interface Samples {

    /** The number of samples. */
    long count();

    /** The shape of one sample's x. */
    int[] xShape();

    /** The shape of one sample's y; empty for a single number. */
    int[] yShape();

    /** Whether samples have weights. */
    default boolean weighted() {
        return false;
    }

    /** What a byte of x is multiplied with, where x holds bytes; null where it holds floats. */
    default @Nullable Float byteScale() {
        return null;
    }

    /**
     * Writes one sample into a row of a batch.
     *
     * @param x (rows, ...), of bytes where {@link #byteScale} is not null, else of floats
     * @param y (rows, ...), of floats
     * @throws BadRecordException if this sample is broken; the row may then be overwritten
     * @throws BadDataException if samples cannot be read
     */
    void copy(long index, Tensor x, Tensor y, int row);

    /** The samples as they are in an epoch of a run; the same in each epoch unless they are augmented. */
    default Samples inEpoch(long seed, int epoch) {
        return this;
    }

    /** What counts this source's bad records, and decides about them. */
    default BadRecords badRecords() {
        return BadRecords.FAILING;
    }

    /** One sample's weight; 1 where samples have none. */
    default float weight(long index) {
        return 1;
    }

    /** Room for the x of some samples. */
    default Tensor emptyX(int rows) {
        Float scale = byteScale();
        return scale == null
                ? Tensor.zeros(withRows(rows, xShape()))
                : Tensor.zeroBytes(scale, withRows(rows, xShape()));
    }

    /** Room for the y of some samples. */
    default Tensor emptyY(int rows) {
        return Tensor.zeros(withRows(rows, yShape()));
    }

    private static int[] withRows(int rows, int[] sample) {
        int[] shape = new int[sample.length + 1];
        shape[0] = rows;
        System.arraycopy(sample, 0, shape, 1, sample.length);
        return shape;
    }
}
