package org.lockstep.executor.step.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.lockstep.executor.vector.Operand.GRADIENT;
import static org.lockstep.executor.vector.Operand.SCRATCH;
import static org.lockstep.executor.vector.Operand.SLOT_1;
import static org.lockstep.executor.vector.Operand.SLOT_2;
import static org.lockstep.executor.vector.Operand.SLOT_3;
import static org.lockstep.executor.vector.Operand.SUMS;
import static org.lockstep.executor.vector.Operand.WEIGHTS;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.lockstep.executor.vector.Loops;
import org.lockstep.executor.vector.Operand;
import org.lockstep.executor.vector.Pass;
import org.lockstep.executor.vector.VectorMath;
import org.lockstep.executor.vector.VectorMath.Terms;

/** Passes over long vectors, beside loops in Java; for lengths around the rows and instructions that they are cut into. */
class VectorsTest {

    private static final int BEFORE = 5;

    /** A vector behind some numbers that are none of its own, at its buffer's position. */
    private static FloatBuffer vector(float[] values) {
        FloatBuffer buffer = ByteBuffer.allocateDirect((BEFORE + values.length) * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        return buffer.put(new float[] {7, Float.NaN, 7, 7, 7}).put(values).position(BEFORE);
    }

    static List<List<Pass>> updates() {
        Pass average = Pass.from(SUMS).times(1 / 64f).into(GRADIENT);
        Pass velocity = Pass.from(GRADIENT).times(-0.1f).plus(SLOT_1, 0.9f).into(SLOT_1);
        return List.of(
                List.of(Pass.from(SUMS)
                        .times(1 / 64f)
                        .times(-0.1f)
                        .plus(WEIGHTS)
                        .into(WEIGHTS)),
                List.of(Pass.from(SUMS).over(37).times(-0.1f).plus(WEIGHTS).into(WEIGHTS)),
                List.of(Pass.from(SUMS)
                        .times(1)
                        .plus(WEIGHTS, 0.02f)
                        .times(-1e-38f)
                        .plus(WEIGHTS)
                        .into(WEIGHTS)),
                List.of(Pass.from(SUMS).over(3).plus(WEIGHTS, 0.02f).into(WEIGHTS)),
                List.of(
                        Pass.from(WEIGHTS).sign().times(0.01f).into(SCRATCH),
                        Pass.from(SUMS)
                                .times(1 / 64f)
                                .plus(SCRATCH)
                                .plus(WEIGHTS, 0.3f)
                                .into(WEIGHTS)),
                List.of(average, velocity, Pass.from(WEIGHTS).plus(SLOT_1).into(WEIGHTS)),
                List.of(
                        average,
                        velocity,
                        Pass.from(GRADIENT)
                                .times(-0.1f)
                                .plus(SLOT_1, 0.9f)
                                .plus(WEIGHTS)
                                .into(WEIGHTS)),
                List.of(
                        average,
                        Pass.from(GRADIENT)
                                .minus(SLOT_1)
                                .times(0.1f)
                                .plus(SLOT_1)
                                .into(SLOT_1),
                        Pass.from(GRADIENT)
                                .times(GRADIENT)
                                .minus(SLOT_2)
                                .times(0.001f)
                                .plus(SLOT_2)
                                .into(SLOT_2),
                        Pass.from(SLOT_3).max(SLOT_2).into(SLOT_3),
                        Pass.from(SLOT_3).root().plus(1e-7f).into(SCRATCH),
                        Pass.from(SLOT_1)
                                .times(-0.002f)
                                .over(SCRATCH)
                                .plus(WEIGHTS)
                                .into(WEIGHTS)),
                List.of(
                        average,
                        Pass.from(GRADIENT)
                                .times(GRADIENT)
                                .times(0.1f)
                                .plus(SLOT_1, 0.9f)
                                .into(SLOT_1),
                        Pass.from(SLOT_2)
                                .times(SLOT_2)
                                .times(-1)
                                .plus(SLOT_1)
                                .clip(2)
                                .into(SCRATCH),
                        Pass.from(GRADIENT)
                                .times(0.1f)
                                .over(SLOT_1)
                                .plus(SLOT_2, 0.5f)
                                .into(SLOT_2),
                        Pass.from(WEIGHTS).minus(SLOT_2).into(WEIGHTS)),
                List.of(
                        average,
                        Pass.from(GRADIENT).abs().into(SCRATCH),
                        Pass.from(SLOT_2).times(0.99f).max(SCRATCH).into(SLOT_2),
                        Pass.from(SLOT_2).plus(1e-7f).into(SCRATCH),
                        Pass.from(SLOT_1)
                                .times(0.9f)
                                .plus(GRADIENT, 0.1f)
                                .sign()
                                .times(-0.1f)
                                .over(SCRATCH)
                                .plus(WEIGHTS)
                                .into(WEIGHTS)));
    }

    /** Weights among which are zeros of both signs and the smallest and largest numbers. */
    private static float[] weights(int length) {
        float[] w = Bench.normal(1, length, 1);
        float[] special = {0, -0f, Float.MIN_VALUE, -Float.MIN_NORMAL, 1e30f, -Float.MAX_VALUE};
        System.arraycopy(special, 0, w, 0, Math.min(length, special.length));
        return w;
    }

    /** Sums with as many zeros, and some that become subnormal numbers when they are divided. */
    private static float[] sums(int length) {
        float[] sums = Bench.normal(2, length, 1);
        for (int i = 0; i < length; i += 3) {
            sums[i] = i % 2 == 0 ? 0 : sums[i] * 1e-37f;
        }
        return sums;
    }

    private static float[] numbers(Operand operand, int length) {
        float[] numbers = operand == SUMS ? sums(length) : weights(length);
        for (int i = 0; i < length && operand.isSlot(); i++) {
            numbers[i] = Math.abs(numbers[i] / (operand == SLOT_1 ? 3 : 2 + i % 2));
        }
        return numbers;
    }

    @ParameterizedTest
    @MethodSource("updates")
    void passes_haveTheBitsOfLoops(List<Pass> passes) {
        for (int length : new int[] {1, 17, 4096, 4097, 100_003}) {
            for (int threads = 1; threads <= 3; threads++) {
                Loops loops = new Loops(length);
                Map<Operand, FloatBuffer> vectors = new EnumMap<>(Operand.class);
                for (Operand operand : EnumSet.of(SUMS, WEIGHTS, SLOT_1, SLOT_2, SLOT_3)) {
                    float[] numbers = numbers(operand, length);
                    System.arraycopy(numbers, 0, loops.at(operand), 0, length);
                    vectors.put(operand, vector(numbers));
                }
                try (Vectors vectorMath = new Vectors(threads)) {
                    for (int again = 0; again < 2; again++) {
                        assumeThat(vectorMath.run(passes, vectors))
                                .as("rounds as Java does")
                                .isTrue();
                        loops.run(passes, length);
                    }
                }
                float[] found = new float[length];
                vectors.forEach((operand, vector) -> {
                    vector.get(BEFORE, found);
                    assertThat(Arrays.mismatch(found, loops.at(operand)))
                            .as("%s of %d", operand, found.length)
                            .isEqualTo(-1);
                    assertThat(vector.get(BEFORE - 1)).isEqualTo(7);
                });
            }
        }
    }

    @Test
    void numbersMayChange_andVectorsLieElsewhere() {
        int length = 1000;
        try (Vectors vectors = new Vectors(1)) {
            for (float rate : new float[] {0.1f, 0.01f, 0}) {
                float[] w = weights(length);
                float[] g = sums(length);
                FloatBuffer target = vector(w);
                Pass pass = Pass.from(SUMS).times(-rate).plus(WEIGHTS).into(WEIGHTS);
                assumeThat(vectors.run(List.of(pass), Map.of(SUMS, vector(g), WEIGHTS, target)))
                        .isTrue();
                for (int i = 0; i < length; i++) {
                    assertThat(target.get(BEFORE + i)).isEqualTo(w[i] + g[i] * -rate);
                }
            }
        }
    }

    @Test
    void vectorsLongerThanTheRoom_inParts() {
        int length = VectorMath.ROOM + 5;
        float[] w = new float[length];
        Arrays.fill(w, 3);
        FloatBuffer target = vector(w);
        try (Vectors vectors = new Vectors(2)) {
            assumeThat(vectors.run(List.of(Pass.from(WEIGHTS).times(WEIGHTS).into(WEIGHTS)), Map.of(WEIGHTS, target)))
                    .isTrue();
        }
        for (int i = 0; i < length; i++) {
            if (target.get(BEFORE + i) != 9) {
                throw new AssertionError("number " + i + " is " + target.get(BEFORE + i));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1,1", "4095,1", "4096,2", "8192,1", "8197,1", "100003,2"})
    void oneNumberThatIsNotFinite_isSeenWhereverItIs(int length, int threads) {
        try (Vectors vectors = new Vectors(threads)) {
            for (int place : new int[] {0, length / 2, length - 1}) {
                for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
                    float[] values = Bench.normal(3, length, 1e30f);
                    assertThat(vectors.areFinite(vector(values))).isTrue();
                    values[place] = bad;
                    assertThat(vectors.areFinite(vector(values)))
                            .as("%s at %d", bad, place)
                            .isFalse();
                    values[length - 1 - place] = -bad;
                    assertThat(vectors.areFinite(vector(values))).isFalse();
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Terms.class)
    void sumsOfRows_doNotDependOnHowManyThereAre(Terms terms) {
        int columns = 1024;
        int rows = 1200;
        float[] values = Bench.normal(4, rows * columns, 0.05f);
        FloatBuffer matrix = vector(values);
        try (Vectors vectors = new Vectors(2);
                Vectors alone = new Vectors(1)) {
            float[] sums = vectors.sums(terms, matrix, columns);
            assertThat(sums).hasSize(rows);
            for (int row = 0; row < rows; row++) {
                double sum = 0;
                for (int i = row * columns; i < (row + 1) * columns; i++) {
                    sum += switch (terms) {
                        case NUMBERS -> values[i];
                        case SQUARES -> (double) values[i] * values[i];
                        case MAGNITUDES -> Math.abs(values[i]);
                    };
                }
                assertThat((double) sums[row]).isCloseTo(sum, within(4e-6 * columns * 0.05));
                float[] single = alone.sums(terms, matrix.slice(BEFORE + row * columns, columns), columns);
                assertThat(single).containsExactly(sums[row]);
            }
            int some = 130;
            float[] last = alone.sums(terms, matrix.slice(BEFORE + (rows - some) * columns, some * columns), columns);
            assertThat(last).isEqualTo(Arrays.copyOfRange(sums, rows - some, rows));
        }
        assertThat(matrix).isEqualTo(vector(values));
    }

    @Test
    void vectorsOfTwoLengths_refused() {
        List<Pass> passes = List.of(Pass.from(SUMS).into(WEIGHTS));
        try (Vectors vectors = new Vectors(1)) {
            assertThatThrownBy(() ->
                            vectors.run(passes, Map.of(WEIGHTS, vector(new float[3]), SUMS, vector(new float[4]))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("Invalid `vectors`: must have one length. Received: ");
        }
    }
}
