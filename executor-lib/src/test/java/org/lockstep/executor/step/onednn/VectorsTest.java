package org.lockstep.executor.step.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Passes over long vectors, beside loops in Java; for lengths around the rows and instructions that they are cut into. */
class VectorsTest {

    private static final int BEFORE = 5;

    private static Vectors vectors(int threads) {
        Vectors vectors = Vectors.of(threads);
        assumeThat(vectors).as("rounds as Java does").isNotNull();
        return Objects.requireNonNull(vectors);
    }

    /** A vector behind some numbers that are none of its own, at its buffer's position. */
    private static FloatBuffer vector(float[] values) {
        FloatBuffer buffer = ByteBuffer.allocateDirect((BEFORE + values.length) * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        return buffer.put(new float[] {7, Float.NaN, 7, 7, 7}).put(values).position(BEFORE);
    }

    @ParameterizedTest
    @CsvSource({"1,1", "17,1", "4096,1", "4097,2", "100003,1", "100003,2", "100003,3"})
    void subtract_hasTheBitsOfTheLoop(int length, int threads) {
        float factor = 0.1f;
        float[] w = Bench.normal(1, length, 1);
        float[] g = Bench.normal(2, length, 1);
        FloatBuffer target = vector(w);
        try (Vectors vectors = vectors(threads)) {
            for (int again = 0; again < 2; again++) {
                vectors.subtract(target, factor, vector(g));
                for (int i = 0; i < length; i++) {
                    w[i] -= factor * g[i];
                }
            }
        }
        float[] found = new float[length];
        target.get(BEFORE, found);
        assertThat(Arrays.mismatch(found, w)).isEqualTo(-1);
        assertThat(target.get(BEFORE - 1)).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource({"1,1", "4095,1", "4096,2", "8192,1", "8197,1", "100003,2"})
    void oneNumberThatIsNotFinite_isSeenWhereverItIs(int length, int threads) {
        try (Vectors vectors = vectors(threads)) {
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

    @Test
    void vectorsOfTwoLengths_refused() {
        try (Vectors vectors = vectors(1)) {
            assertThatThrownBy(() -> vectors.subtract(vector(new float[3]), 1, vector(new float[4])))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Invalid `vector`: must be as long as the target, 3. Received: 4");
        }
    }
}
