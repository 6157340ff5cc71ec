package org.lockstep.executor.optimizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FiniteCheckTest {

    private static final int LENGTH = 9_001;

    private final FiniteCheck check = new FiniteCheck();

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void oneNumberThatIsNotFinite_isFoundAnywhere(float bad) {
        for (int place = 0; place < LENGTH; place++) {
            float[] values = new float[LENGTH];
            values[place] = bad;
            assertThat(check.areFinite(values, LENGTH)).as("at %d", place).isFalse();
        }
    }

    @Test
    void extremeNumbers_areFinite() {
        for (float value : new float[] {Float.MAX_VALUE, -Float.MAX_VALUE, Float.MIN_VALUE, -0f}) {
            float[] values = new float[LENGTH];
            Arrays.fill(values, value);
            assertThat(check.areFinite(values, LENGTH)).isTrue();
        }
    }

    @Test
    void numbersBehindTheFront_doNotCount() {
        float[] values = new float[LENGTH];
        Arrays.fill(values, 5_000, LENGTH, Float.NaN);
        assertThat(check.areFinite(values, 5_000)).isTrue();
        assertThat(check.areFinite(values, 5_001)).isFalse();
    }
}
