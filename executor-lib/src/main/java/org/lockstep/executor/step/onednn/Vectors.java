package org.lockstep.executor.step.onednn;

import java.nio.FloatBuffer;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.lockstep.executor.vector.Operand;
import org.lockstep.executor.vector.Pass;
import org.lockstep.executor.vector.VectorMath;

/** oneDNN's passes over long vectors. Their lengths are few, a model's and its parts': primitives are kept for each. */
final class Vectors implements VectorMath, AutoCloseable {

    /** Numbers of one sum: as many finite ones have a finite sum up to 1e34. */
    private static final int ROW = 4096;

    /** The most lists of passes that are remembered: as many as a step may have, and more. */
    private static final int MOST_REMEMBERED = 64;

    private final int threads;
    /** By passes, whatever their numbers, then by length. */
    private final Map<List<Pass>, Map<Integer, VectorProgram>> programs = new HashMap<>();
    /** By the lists themselves: steps with the same numbers bring the same ones. */
    private final IdentityHashMap<List<Pass>, Prepared> remembered = new IdentityHashMap<>();

    private final Map<Rows, RowSums> rows = new HashMap<>();
    private final Rooms rooms = new Rooms();

    private record Prepared(Set<Operand> given, boolean areExact, Map<Integer, VectorProgram> programs) {}

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
        Prepared prepared = prepared(passes, vectors.keySet());
        if (!prepared.areExact()) {
            return false;
        }
        for (int from = 0; from < length; from += ROOM) {
            int some = Math.min(ROOM, length - from);
            Map<Operand, FloatBuffer> part = some == length ? vectors : slices(vectors, from, some);
            prepared.programs()
                    .computeIfAbsent(some, count -> new VectorProgram(passes, count))
                    .run(passes, part, rooms);
        }
        return true;
    }

    private Prepared prepared(List<Pass> passes, Set<Operand> given) {
        Prepared known = remembered.get(passes);
        if (known != null && known.given().equals(given)) {
            return known;
        }
        List<Pass> forms = passes.stream().map(Pass::form).toList();
        boolean areExact = Exactness.has(forms, passes, given);
        Prepared prepared =
                new Prepared(Set.copyOf(given), areExact, programs.computeIfAbsent(forms, any -> new HashMap<>()));
        if (remembered.size() == MOST_REMEMBERED) {
            remembered.clear();
        }
        remembered.put(passes, prepared);
        return prepared;
    }

    private static int length(Map<Operand, FloatBuffer> vectors) {
        int length = -1;
        for (FloatBuffer vector : vectors.values()) {
            if (length >= 0 && vector.remaining() != length) {
                throw new IllegalArgumentException("Invalid `vectors`: must have one length. Received: %d and %d"
                        .formatted(length, vector.remaining()));
            }
            length = vector.remaining();
        }
        return length;
    }

    private static Map<Operand, FloatBuffer> slices(Map<Operand, FloatBuffer> vectors, int from, int length) {
        Map<Operand, FloatBuffer> slices = new EnumMap<>(Operand.class);
        vectors.forEach((operand, vector) -> slices.put(operand, vector.slice(vector.position() + from, length)));
        return slices;
    }

    @Override
    public void close() {
        programs.values().forEach(all -> all.values().forEach(VectorProgram::close));
        rows.values().forEach(RowSums::close);
    }
}
