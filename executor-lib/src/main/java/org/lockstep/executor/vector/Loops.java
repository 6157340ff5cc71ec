package org.lockstep.executor.vector;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Passes as loops: their definition, to the bit. Holds the front of each vector at a time. Not for several threads. */
public final class Loops {

    private final int capacity;
    private final Map<Operand, float[]> vectors = new EnumMap<>(Operand.class);
    private final float[] scaled;
    private float[] spare;

    /**
     * Room for vectors.
     *
     * @param capacity the most numbers of each
     */
    public Loops(int capacity) {
        this.capacity = capacity;
        this.scaled = new float[capacity];
        this.spare = new float[capacity];
    }

    /** A vector's numbers, until the next pass. */
    public float[] at(Operand operand) {
        float[] vector = vectors.get(operand);
        if (vector == null) {
            vector = new float[capacity];
            vectors.put(operand, vector);
        }
        return vector;
    }

    /** Makes passes over the first {@code length} numbers. */
    public void run(List<Pass> passes, int length) {
        for (int i = 0; i < passes.size(); i++) {
            run(passes.get(i), length);
        }
    }

    private void run(Pass pass, int length) {
        float[] to = spare;
        System.arraycopy(at(pass.first()), 0, to, 0, length);
        List<Operation> operations = pass.operations();
        for (int i = 0; i < operations.size(); i++) {
            Operation operation = operations.get(i);
            Operand vector = operation.vector();
            if (vector == null) {
                run(operation, to, length);
            } else {
                run(operation.operator(), to, operand(vector, operation, length), length);
            }
        }
        spare = at(pass.target());
        vectors.put(pass.target(), to);
    }

    private float[] operand(Operand vector, Operation operation, int length) {
        if (!operation.isScaled()) {
            return at(vector);
        }
        System.arraycopy(at(vector), 0, scaled, 0, length);
        times(scaled, operation.number(), length);
        return scaled;
    }

    private static void run(Operation operation, float[] to, int length) {
        switch (operation.operator()) {
            case PLUS -> plus(to, operation.number(), length);
            case TIMES -> times(to, operation.number(), length);
            case OVER -> over(to, operation.number(), length);
            case ROOT -> root(to, length);
            case ABS -> abs(to, length);
            case CLIP -> clip(to, operation.number(), length);
            default -> throw new IllegalStateException("no vector: " + operation);
        }
    }

    private static void run(Operator operator, float[] to, float[] by, int length) {
        switch (operator) {
            case PLUS -> plus(to, by, length);
            case MINUS -> minus(to, by, length);
            case TIMES -> times(to, by, length);
            case OVER -> over(to, by, length);
            case MAX -> max(to, by, length);
            default -> throw new IllegalStateException("takes no vector: " + operator);
        }
    }

    // The compiler makes vector instructions of a loop only where all arrays are read at the same places.

    private static void plus(float[] to, float number, int length) {
        for (int i = 0; i < length; i++) {
            to[i] += number;
        }
    }

    private static void times(float[] to, float number, int length) {
        for (int i = 0; i < length; i++) {
            to[i] *= number;
        }
    }

    private static void over(float[] to, float number, int length) {
        for (int i = 0; i < length; i++) {
            to[i] /= number;
        }
    }

    private static void root(float[] to, int length) {
        for (int i = 0; i < length; i++) {
            to[i] = (float) Math.sqrt(to[i]);
        }
    }

    private static void abs(float[] to, int length) {
        for (int i = 0; i < length; i++) {
            to[i] = Math.abs(to[i]);
        }
    }

    private static void clip(float[] to, float bound, int length) {
        for (int i = 0; i < length; i++) {
            to[i] = Math.max(-bound, Math.min(bound, to[i]));
        }
    }

    private static void plus(float[] to, float[] by, int length) {
        for (int i = 0; i < length; i++) {
            to[i] += by[i];
        }
    }

    private static void minus(float[] to, float[] by, int length) {
        for (int i = 0; i < length; i++) {
            to[i] -= by[i];
        }
    }

    private static void times(float[] to, float[] by, int length) {
        for (int i = 0; i < length; i++) {
            to[i] *= by[i];
        }
    }

    private static void over(float[] to, float[] by, int length) {
        for (int i = 0; i < length; i++) {
            to[i] /= by[i];
        }
    }

    private static void max(float[] to, float[] by, int length) {
        for (int i = 0; i < length; i++) {
            to[i] = Math.max(to[i], by[i]);
        }
    }
}
