package org.lockstep.executor.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.lockstep.data.Batch;
import org.lockstep.data.Tensor;

class NanSamplesTest {

    private static final BatchSums SUMS = new BatchSums(3, 2.5, new double[] {1, 3});

    /** Three samples of so many zeros, with one number at a place. */
    private static Tensor x(int size, int place, float number) {
        float[] values = new float[3 * size];
        values[place] = number;
        return Tensor.of(new int[] {3, size}, values);
    }

    private static float[] output(Tensor x) {
        return NanSamples.output(x, Tensor.of(new int[] {3, 2}, 1, 2, 3, 4, 5, 6))
                .values();
    }

    private static double loss(Tensor x) {
        return NanSamples.sums(new Batch(x, Tensor.zeros(3)), SUMS).loss();
    }

    @Test
    void nan_wherever_isNanInItsSampleAlone() {
        for (int size : new int[] {1, 5, 1024, 3000}) {
            for (int place : new int[] {0, size - 1, size, 2 * size - 1, 2 * size, 3 * size - 1}) {
                float[] expected = {1, 2, 3, 4, 5, 6};
                int sample = place / size;
                Arrays.fill(expected, 2 * sample, 2 * sample + 2, Float.NaN);
                assertThat(output(x(size, place, Float.NaN))).containsExactly(expected);
                assertThat(loss(x(size, place, Float.NaN))).isNaN();
            }
        }
    }

    @Test
    void infinity_isLeftToTheEngine() {
        Tensor x = x(7, 4, Float.NEGATIVE_INFINITY);
        assertThat(output(x)).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(loss(x)).isEqualTo(2.5);
    }

    @Test
    void numbersAndBytesAndNoSamples_areAsTheyWere() {
        assertThat(output(x(7, 4, Float.MAX_VALUE))).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(output(Tensor.zeroBytes(0.5f, 3, 7))).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(NanSamples.sums(new Batch(x(7, 4, 1), Tensor.zeros(3)), SUMS))
                .isSameAs(SUMS);
        assertThat(NanSamples.output(Tensor.zeros(0, 7), Tensor.zeros(0, 2)).size())
                .isZero();
    }
}
