package org.lockstep.executor.step.onednn;

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

    private final int threads;
    private final Map<DescentForm, Map<Integer, Descending>> descents = new EnumMap<>(DescentForm.class);
    private final Map<Integer, RowSums> rows = new HashMap<>();

    Vectors(int threads) {
        this.threads = threads;
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
