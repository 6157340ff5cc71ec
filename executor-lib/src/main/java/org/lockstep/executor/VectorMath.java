package org.lockstep.executor;

import java.nio.FloatBuffer;

/**
 * Passes over long vectors by the threads that compute a network's steps, to the bits that loops in Java give. Vectors are
 * direct buffers in native order, read and written from their positions on; positions do not move. For the thread that
 * runs the network, between its steps.
 */
public interface VectorMath {

    /** A loop in Java is through with fewer numbers before an engine's threads are awake. */
    int LONG = 1 << 16;

    /** What sums are sums of. */
    enum Terms {
        NUMBERS,
        SQUARES,
        MAGNITUDES
    }

    /**
     * The sums of a matrix's rows, each in an order that the length of rows alone decides; not finite where a number is not,
     * or where the sum is too large for a float.
     *
     * @param matrix rows one after the other
     * @param columns numbers of a row
     */
    float[] sums(Terms terms, FloatBuffer matrix, int columns);

    /**
     * Whether all numbers are finite.
     *
     * @return true only if they are; false may also mean that sums of some of them are too large for a float
     */
    boolean areFinite(FloatBuffer vector);

    /**
     * Takes a step down a gradient.
     *
     * @param sums of the gradient, finite, as many as weights
     * @return whether that was done; if not, nothing was: not every step is one that the engine can take to the bit
     */
    boolean descend(FloatBuffer weights, FloatBuffer sums, Descent step);
}
