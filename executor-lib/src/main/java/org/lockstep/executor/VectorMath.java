package org.lockstep.executor;

import java.nio.FloatBuffer;

/**
 * Passes over long vectors by the threads that compute a network's steps, to the bits that loops in Java give. Vectors are
 * direct buffers in native order, read and written from their positions on; positions do not move. For the thread that
 * runs the network, between its steps.
 */
public interface VectorMath {

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
