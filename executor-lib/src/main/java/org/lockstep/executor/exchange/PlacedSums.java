package org.lockstep.executor.exchange;

import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;
import org.lockstep.executor.optimizer.GradientSums;
import org.lockstep.executor.vector.VectorMath;

/**
 * The sums of a slice, by their places in the whole vector; an engine puts long ones into one buffer. They last: who owns
 * the buffers overwrites them only when the update is done.
 *
 * @param from where the slice begins
 * @param math null where no engine is at hand
 */
record PlacedSums(TreeSums sums, int from, @Nullable VectorMath math) implements GradientSums {

    @Override
    public void read(int offset, int length, float[] into) {
        sums.read(offset - from, length, into);
    }

    @Override
    public boolean isLasting() {
        return true;
    }

    @Override
    public @Nullable FloatBuffer buffer(int offset, int length) {
        return math == null ? null : sums.buffer(offset - from, length, math);
    }
}
