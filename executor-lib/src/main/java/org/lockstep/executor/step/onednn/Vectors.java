package org.lockstep.executor.step.onednn;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.lockstep.executor.Descent;
import org.lockstep.executor.VectorMath;

/** oneDNN's passes over long vectors. Their lengths are few, a model's and its parts': primitives are kept for each. */
final class Vectors implements VectorMath, AutoCloseable {

    /** Numbers of one sum: as many finite ones have a finite sum up to 1e34. */
    private static final int ROW = 4096;

    /** Numbers whose terms are written before they are added. */
    private static final int AT_ONCE = 1 << 21;

    private final int threads;
    private final Map<DescentForm, Map<Integer, Descending>> descents = new EnumMap<>(DescentForm.class);
    private final Map<Rows, RowSums> rows = new HashMap<>();
    private FloatBuffer room = FloatBuffer.allocate(0);

    private record Rows(Terms terms, int count, int columns) {}

    Vectors(int threads) {
        this.threads = threads;
    }

    @Override
    public float[] sums(Terms terms, FloatBuffer matrix, int columns) {
        OpenMp.setThreads(threads);
        int all = matrix.remaining() / columns;
        float[] sums = new float[all];
        int most = terms == Terms.NUMBERS ? all : Math.max(1, AT_ONCE / columns);
        for (int row = 0; row < all; row += most) {
            Rows some = new Rows(terms, Math.min(most, all - row), columns);
            FloatBuffer numbers = matrix.slice(matrix.position() + row * columns, some.count() * columns);
            rows.computeIfAbsent(some, key -> new RowSums(key.terms(), key.count(), key.columns()))
                    .of(numbers, terms == Terms.NUMBERS ? numbers : room(numbers.remaining()))
                    .get(0, sums, row, some.count());
        }
        return sums;
    }

    /** The same room for all: the longest variable decides how much, up to so many at once. */
    private FloatBuffer room(int length) {
        if (room.capacity() < length) {
            room = ByteBuffer.allocateDirect(length * Float.BYTES)
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer();
        }
        return room;
    }

    @Override
    public boolean areFinite(FloatBuffer vector) {
        int whole = vector.remaining() / ROW * ROW;
        for (int i = vector.position() + whole; i < vector.limit(); i++) {
            if (!Float.isFinite(vector.get(i))) {
                return false;
            }
        }
        for (float sum : sums(Terms.NUMBERS, vector.slice(vector.position(), whole), ROW)) {
            if (!Float.isFinite(sum)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean descend(FloatBuffer weights, FloatBuffer sums, Descent step) {
        for (DescentForm form : DescentForm.exact()) {
            if (form.takes(step)) {
                descend(form, weights, sums, step);
                return true;
            }
        }
        return false;
    }

    private void descend(DescentForm form, FloatBuffer weights, FloatBuffer sums, Descent step) {
        int length = weights.remaining();
        if (sums.remaining() != length) {
            throw new IllegalArgumentException("Invalid `sums`: must be as many as the weights, %d. Received: %d"
                    .formatted(length, sums.remaining()));
        }
        OpenMp.setThreads(threads);
        descents.computeIfAbsent(form, any -> new HashMap<>())
                .computeIfAbsent(length, n -> new Descending(form, n))
                .run(weights, sums, step);
    }

    @Override
    public void close() {
        descents.values().forEach(all -> all.values().forEach(Descending::close));
        rows.values().forEach(RowSums::close);
    }
}
