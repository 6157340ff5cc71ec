package org.lockstep.executor.optimizer;

import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;
import org.lockstep.executor.vector.VectorMath;

/** The gradient vector summed over all shards, read in pieces; several workers read at the same time. */
@FunctionalInterface
public interface GradientSums {

    /** Copies {@code length} sums that begin at {@code offset} of the gradient vector to the front of {@code into}. */
    void read(int offset, int length, float[] into);

    /** Whether the same sums can be read until they are applied; a copy is kept of those that cannot. */
    default boolean isLasting() {
        return false;
    }

    /** Who passes over long vectors; null where only loops do. */
    default @Nullable VectorMath math() {
        return null;
    }

    /** Where these sums lie as long as they last; null where only a read puts them together. */
    default @Nullable FloatBuffer buffer(int offset, int length) {
        return null;
    }
}
