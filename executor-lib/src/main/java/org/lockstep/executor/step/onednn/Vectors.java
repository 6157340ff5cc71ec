package org.lockstep.executor.step.onednn;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.executor.VectorMath;

/** oneDNN's passes over long vectors. Their lengths are few, a model's and its parts': primitives are kept for each. */
final class Vectors implements VectorMath, AutoCloseable {

    /** Numbers of one sum: as many finite ones have a finite sum up to 1e34. */
    private static final int ROW = 4096;

    private final int threads;
    private final Map<Integer, Subtraction> subtractions = new HashMap<>();
    private final Map<Integer, RowSums> rows = new HashMap<>();

    private Vectors(int threads) {
        this.threads = threads;
    }

    /** Those by so many threads; null on a CPU where oneDNN rounds a product and a difference at once. */
    static @Nullable Vectors of(int threads) {
        return Rounding.IS_TWOFOLD ? new Vectors(threads) : null;
    }

    @Override
    public boolean areFinite(FloatBuffer vector) {
        OpenMp.setThreads(threads);
        int full = vector.remaining() / ROW;
        for (int i = vector.position() + full * ROW; i < vector.limit(); i++) {
            if (!Float.isFinite(vector.get(i))) {
                return false;
            }
        }
        return full == 0 || rows.computeIfAbsent(full, n -> new RowSums(n, ROW)).areFinite(vector);
    }

    @Override
    public void subtract(FloatBuffer target, float factor, FloatBuffer vector) {
        if (target.remaining() != vector.remaining()) {
            throw new IllegalArgumentException("Invalid `vector`: must be as long as the target, %d. Received: %d"
                    .formatted(target.remaining(), vector.remaining()));
        }
        OpenMp.setThreads(threads);
        subtractions.computeIfAbsent(target.remaining(), Subtraction::new).run(target, factor, vector);
    }

    @Override
    public void close() {
        subtractions.values().forEach(Subtraction::close);
        rows.values().forEach(RowSums::close);
    }

    /** Whether target − factor · vector is rounded twice here, as it is in Java: tried once. */
    private static final class Rounding {

        static final boolean IS_TWOFOLD = isTwofold();

        private static final int TRIED = 1003;
        private static final float FACTOR = 0.01f;

        private static boolean isTwofold() {
            FloatBuffer target = buffer();
            FloatBuffer vector = buffer();
            float[] expected = new float[TRIED];
            for (int i = 0; i < TRIED; i++) {
                target.put(i, (float) Math.sin(i));
                vector.put(i, (float) Math.cos(3 * i));
                float product = FACTOR * vector.get(i);
                expected[i] = target.get(i) - product;
            }
            try (Vectors vectors = new Vectors(1)) {
                vectors.subtract(target, FACTOR, vector);
            }
            return target.equals(FloatBuffer.wrap(expected));
        }

        private static FloatBuffer buffer() {
            return ByteBuffer.allocateDirect(TRIED * Float.BYTES)
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer();
        }
    }
}
