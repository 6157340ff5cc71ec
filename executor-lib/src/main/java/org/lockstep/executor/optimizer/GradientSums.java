package org.lockstep.executor.optimizer;

/** The gradient vector summed over all shards, read in pieces; several workers read at the same time. */
@FunctionalInterface
public interface GradientSums {

    /** Copies {@code length} sums that begin at {@code offset} of the gradient vector to the front of {@code into}. */
    void read(int offset, int length, float[] into);

    /** Whether the same sums can be read until they are applied; a copy is kept of those that cannot. */
    default boolean isLasting() {
        return false;
    }
}
