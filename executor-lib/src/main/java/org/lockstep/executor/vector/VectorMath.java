package org.lockstep.executor.vector;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;

/**
 * Passes over long vectors by the threads that compute a network's steps, to the bits that {@link Loops} give. Vectors are
 * direct buffers in native order, read and written from their positions on; positions do not move. For the thread that
 * runs the network, between its steps and where a step says how far it is.
 */
public interface VectorMath {

    /** A loop in Java is through with fewer numbers before an engine's threads are awake. */
    int LONG = 1 << 16;

    /** The most numbers of a vector that an engine holds room for: longer vectors go through it in parts. */
    int ROOM = 1 << 21;

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
     * Makes passes over vectors of one length.
     *
     * @param vectors those that passes read first, and those that they shall leave something in
     * @return whether that was done; if not, nothing was: not every CPU rounds as Java does, whatever the pass
     */
    boolean run(List<Pass> passes, Map<Operand, FloatBuffer> vectors);
}
