package org.lockstep.executor.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SumsTest {

    private final Sums sums = new Sums();

    private static float[] numbers(int count, double scale) {
        Random random = new Random(count);
        float[] values = new float[count + 3];
        Arrays.fill(values, Float.NaN);
        for (int i = 0; i < count; i++) {
            values[i] = (float) (random.nextGaussian() * scale);
        }
        return values;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 512, 4095, 4096, 4097, 8192, 10_001})
    void numbersOfAnySize_areSummedToAFloatsPrecision(int count) {
        for (double scale : new double[] {1e-44, 1e-38, 1e-20, 1e-3, 1, 1e15, 1e25, 1e37}) {
            float[] values = numbers(count, scale);
            double squares = 0;
            double magnitudes = 0;
            for (int i = 0; i < count; i++) {
                squares += (double) values[i] * values[i];
                magnitudes += Math.abs((double) values[i]);
            }
            assertThat(sums.squares(values, count)).as("%s", scale).isCloseTo(squares, within(squares * 1e-7));
            assertThat(sums.magnitudes(values, count)).isCloseTo(magnitudes, within(magnitudes * 1e-7));
        }
    }

    @Test
    void oneNumberThatIsNotFinite_theSumIsNotEither() {
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            for (int place : new int[] {0, 511, 4095, 4096, 8191, 9_000}) {
                float[] values = numbers(9_001, 1);
                values[place] = bad;
                assertThat(sums.squares(values, 9_001))
                        .as("%s at %d", bad, place)
                        .isNotFinite();
            }
        }
        float[] largest = new float[4096];
        Arrays.fill(largest, Float.MAX_VALUE);
        assertThat(sums.squares(largest, 4096)).isFinite();
    }
}
