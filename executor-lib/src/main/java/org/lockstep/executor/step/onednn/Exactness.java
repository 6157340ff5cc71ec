package org.lockstep.executor.step.onednn;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.lockstep.executor.Floats;
import org.lockstep.executor.vector.Loops;
import org.lockstep.executor.vector.Operand;
import org.lockstep.executor.vector.Pass;

/** Whether oneDNN makes passes to the bit on this CPU: it may round two operations at once. Each form is tried once. */
final class Exactness {

    private static final int LENGTH = 1003;
    private static final float[] SPECIAL = {0, -0f, 1e-30f, Float.MIN_VALUE, 1e-40f, 1};

    private static final Map<List<Pass>, Boolean> TRIED = new ConcurrentHashMap<>();

    private Exactness() {}

    /**
     * Whether passes have the bits of {@link Loops}.
     *
     * @param forms of the passes
     * @param given the vectors that they begin with
     */
    static boolean has(List<Pass> forms, List<Pass> passes, Set<Operand> given) {
        return TRIED.computeIfAbsent(forms, any -> isExact(passes, given));
    }

    private static boolean isExact(List<Pass> passes, Set<Operand> given) {
        Loops loops = new Loops(LENGTH);
        Map<Operand, FloatBuffer> vectors = new EnumMap<>(Operand.class);
        for (Operand operand : given) {
            float[] numbers = numbers(operand);
            System.arraycopy(numbers, 0, loops.at(operand), 0, LENGTH);
            vectors.put(operand, Floats.direct(LENGTH).asFloatBuffer().put(0, numbers));
        }
        loops.run(passes, LENGTH);
        try (VectorProgram program = new VectorProgram(passes, LENGTH)) {
            program.run(passes, vectors, new Rooms());
        }
        float[] found = new float[LENGTH];
        for (Map.Entry<Operand, FloatBuffer> vector : vectors.entrySet()) {
            vector.getValue().get(0, found);
            if (!Arrays.equals(found, loops.at(vector.getKey()))) {
                return false;
            }
        }
        return true;
    }

    /** Numbers of both signs for gradients and weights, of none below 0 for slots, which may be sums of squares. */
    private static float[] numbers(Operand operand) {
        float[] numbers = new float[LENGTH];
        int seed = operand.name().length();
        for (int i = 0; i < LENGTH; i++) {
            int turn = (i + seed) % 40;
            float number = turn < SPECIAL.length ? SPECIAL[turn] : (float) Math.sin(i * seed);
            numbers[i] = operand.isSlot() ? Math.abs(number) : number;
        }
        return numbers;
    }
}
