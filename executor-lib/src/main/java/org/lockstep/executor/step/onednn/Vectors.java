package org.lockstep.executor.step.onednn;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.lockstep.executor.vector.Operand;
import org.lockstep.executor.vector.Pass;
import org.lockstep.executor.vector.VectorMath;

/** oneDNN's passes over long vectors. Their lengths are few, a model's and its parts': primitives are kept for each. */
final class Vectors implements VectorMath, AutoCloseable {

    /** Numbers of one sum: as many finite ones have a finite sum up to 1e34. */
    private static final int ROW = 4096;

    private final int threads;
    private final Map<Programs, VectorProgram> programs = new HashMap<>();
    private final Map<Rows, RowSums> rows = new HashMap<>();
    private final Rooms rooms = new Rooms();

    private record Programs(List<Pass> forms, int length) {}

    private record Rows(Terms terms, int count, int columns) {}

    Vectors(int threads) {
        this.threads = threads;
    }

    @Override
    public float[] sums(Terms terms, FloatBuffer matrix, int columns) {
        OpenMp.setThreads(threads);
        int all = matrix.remaining() / columns;
        float[] sums = new float[all];
        int most = terms == Terms.NUMBERS ? all : Math.max(1, ROOM / columns);
        for (int row = 0; row < all; row += most) {
            Rows some = new Rows(terms, Math.min(most, all - row), columns);
            FloatBuffer numbers = matrix.slice(matrix.position() + row * columns, some.count() * columns);
            rows.computeIfAbsent(some, key -> new RowSums(key.terms(), key.count(), key.columns()))
                    .of(numbers, terms == Terms.NUMBERS ? numbers : rooms.of(Operand.SCRATCH, numbers.remaining()))
                    .get(0, sums, row, some.count());
        }
        return sums;
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
    public boolean run(List<Pass> passes, Map<Operand, FloatBuffer> vectors) {
        int length = length(vectors);
        OpenMp.setThreads(threads);
        List<Pass> few = Shortcut.of(passes, vectors.keySet());
        List<Pass> forms = few.stream().map(Pass::form).toList();
        if (!Exactness.has(forms, few, passes, vectors.keySet())) {
            return false;
        }
        for (int from = 0; from < length; from += ROOM) {
            int some = Math.min(ROOM, length - from);
            Map<Operand, FloatBuffer> part = some == length ? vectors : slices(vectors, from, some);
            programs.computeIfAbsent(new Programs(forms, some), key -> new VectorProgram(key.forms(), key.length()))
                    .run(few, part, rooms);
        }
        return true;
    }

    private static int length(Map<Operand, FloatBuffer> vectors) {
        int[] lengths = vectors.values().stream()
                .mapToInt(FloatBuffer::remaining)
                .distinct()
                .toArray();
        if (lengths.length != 1) {
            throw new IllegalArgumentException(
                    "Invalid `vectors`: must have one length. Received: " + Arrays.toString(lengths));
        }
        return lengths[0];
    }

    private static Map<Operand, FloatBuffer> slices(Map<Operand, FloatBuffer> vectors, int from, int length) {
        Map<Operand, FloatBuffer> slices = new EnumMap<>(Operand.class);
        vectors.forEach((operand, vector) -> slices.put(operand, vector.slice(vector.position() + from, length)));
        return slices;
    }

    @Override
    public void close() {
        programs.values().forEach(VectorProgram::close);
        rows.values().forEach(RowSums::close);
    }
}
