package org.lockstep.data;

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

    /** Writes one sample's x and y into these arrays, from these places on. */
    void copy(long index, float[] x, int xOffset, float[] y, int yOffset);

    /** One sample's weight; 1 where samples have none. */
    default float weight(long index) {
        return 1;
    }
}
