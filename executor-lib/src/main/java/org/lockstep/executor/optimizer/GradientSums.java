package org.lockstep.executor.optimizer;

import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;
import org.lockstep.executor.Descent;
import org.lockstep.executor.VectorMath;

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

    /** Whether sums that last are all finite from one place to another; false where only a read tells. */
    default boolean areKnownFinite(int from, int to) {
        return false;
    }

    /**
     * Takes a step with the weights from one place to another.
     *
     * @return whether that was done; if not, the caller reads the sums and does it
     */
    default boolean descend(FloatBuffer weights, Descent step, int from, int to) {
        return false;
    }
}
