package org.lockstep.executor.exchange;

import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;
import org.lockstep.executor.Descent;
import org.lockstep.executor.VectorMath;
import org.lockstep.executor.optimizer.GradientSums;

/**
 * The sums of a slice, by their places in the whole vector. Where they lie in one buffer, long passes over them are the
 * engine's. They last: who owns the buffers overwrites them only when the update is done.
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
    public boolean areKnownFinite(int begin, int end) {
        FloatBuffer part = part(begin, end);
        return math != null && part != null && math.areFinite(part);
    }

    @Override
    public boolean descend(FloatBuffer weights, Descent step, int begin, int end) {
        FloatBuffer part = part(begin, end);
        return math != null && part != null && math.descend(weights.slice(begin, end - begin), part, step);
    }

    private @Nullable FloatBuffer part(int begin, int end) {
        FloatBuffer buffer = end - begin < VectorMath.LONG ? null : sums.buffer();
        return buffer == null ? null : buffer.slice(begin - from, end - begin);
    }
}
