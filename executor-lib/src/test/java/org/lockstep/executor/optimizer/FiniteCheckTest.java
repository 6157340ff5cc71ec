package org.lockstep.executor.optimizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FiniteCheckTest {

    private final FiniteCheck check = new FiniteCheck();

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void wereFinite_oneNumberIsNot_isFalseOnce(float bad) {
        float[] good = new float[Block.LENGTH];
        for (int place = 0; place < Block.LENGTH; place++) {
            float[] values = new float[Block.LENGTH];
            values[place] = bad;
            check.look(good, Block.LENGTH);
            check.look(values, Block.LENGTH);
            check.look(good, Block.LENGTH);
            assertThat(check.wereFinite()).as("at %d", place).isFalse();
            check.look(good, Block.LENGTH);
            assertThat(check.wereFinite()).isTrue();
        }
    }

    @Test
    void wereFinite_extremeNumbers_isTrue() {
        for (float value : new float[] {Float.MAX_VALUE, -Float.MAX_VALUE, Float.MIN_VALUE, -0f}) {
            float[] values = new float[Block.LENGTH];
            Arrays.fill(values, value);
            check.look(values, Block.LENGTH);
            check.look(values, Block.LENGTH);
            assertThat(check.wereFinite()).isTrue();
        }
    }

    @Test
    void look_numbersBehindTheFront_doNotCount() {
        float[] values = new float[Block.LENGTH];
        Arrays.fill(values, 500, Block.LENGTH, Float.NaN);
        check.look(values, 500);
        assertThat(check.wereFinite()).isTrue();
        check.look(values, 501);
        assertThat(check.wereFinite()).isFalse();
    }
}
