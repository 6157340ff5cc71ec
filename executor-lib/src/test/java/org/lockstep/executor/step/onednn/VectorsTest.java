package org.lockstep.executor.step.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.lockstep.executor.Descent;
import org.lockstep.executor.VectorMath.Terms;

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

    static List<Descent> steps() {
        return List.of(
                new Descent(0.1f, 64, 0, 0),
                new Descent(0.1f, 37, 0, 0),
                new Descent(0.01f, 1, 0, 1e-4f),
                new Descent(0.01f, 64, 0, 0.02f),
                new Descent(0.01f, 1024, 1e-4f, 0),
                new Descent(1e-38f, 64, 0.01f, 0));
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

    @ParameterizedTest
    @MethodSource("steps")
    void steps_haveTheirBits(Descent step) {
        assumeThat(DescentForm.exact()).as("rounds as Java does").hasSize(4);
        int[] lengths = {1, 17, 4096, 4097, 100_003};
        for (int length : lengths) {
            for (int threads = 1; threads <= 3; threads++) {
                float[] w = weights(length);
                float[] g = sums(length);
                FloatBuffer target = vector(w);
                try (Vectors vectors = new Vectors(threads)) {
                    for (int again = 0; again < 2; again++) {
                        assertThat(vectors.descend(target, vector(g), step)).isTrue();
                        for (int i = 0; i < length; i++) {
                            w[i] = step.next(w[i], g[i]);
                        }
                    }
                }
                float[] found = new float[length];
                target.get(BEFORE, found);
                assertThat(Arrays.mismatch(found, w))
                        .as("%d by %d", length, threads)
                        .isEqualTo(-1);
                assertThat(target.get(BEFORE - 1)).isEqualTo(7);
            }
        }
    }

    @Test
    void stepsWithoutABitExactForm_areNotTaken() {
        float[] w = weights(100);
        FloatBuffer target = vector(w);
        FloatBuffer sums = vector(sums(100));
        try (Vectors vectors = new Vectors(1)) {
            assertThat(vectors.descend(target, sums, new Descent(1, 37, 0, 0.1f)))
                    .isFalse();
            assertThat(vectors.descend(target, sums, new Descent(1, 37, 0.1f, 0)))
                    .isFalse();
            assertThat(vectors.descend(target, sums, new Descent(1, 64, 0.1f, 0.1f)))
                    .isFalse();
            assertThat(vectors.descend(target, sums, new Descent(1, 64, Float.MIN_VALUE, 0)))
                    .isFalse();
        }
        assertThat(target).isEqualTo(vector(w));
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
        Descent step = new Descent(1, 1, 0, 0);
        try (Vectors vectors = new Vectors(1)) {
            assertThatThrownBy(() -> vectors.descend(vector(new float[3]), vector(new float[4]), step))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Invalid `sums`: must be as many as the weights, 3. Received: 4");
        }
    }
}
