package org.lockstep.executor.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;
import org.lockstep.regularizers.L1L2;
import org.lockstep.regularizers.OrthogonalRegularizer;

class PenaltyTest {

    @Test
    void add_addsToTheGradientFromItsPosition() {
        FloatBuffer values = FloatBuffer.wrap(new float[] {9, 1, -2, 0, 9}).slice(1, 3);
        FloatBuffer gradient = FloatBuffer.wrap(new float[] {7, 10, 10, 10, 7}).position(1);

        double penalty = Penalty.add(L1L2.of(0.5, 0.25), values, gradient);

        assertThat(penalty).isEqualTo(0.5 * 3 + 0.25 * 5);
        assertThat(gradient.array()).containsExactly(7, 11, 8.5f, 10, 7);
        assertThat(gradient.position()).isEqualTo(1);
        assertThat(values.position()).isZero();
    }

    @Test
    void l1_slopeIsTheSignOfTheSmallestNumbersToo() {
        float[] w = {Float.MIN_VALUE, -Float.MIN_VALUE, Float.MAX_VALUE, -1, 0, Float.NaN};

        assertThat(Penalty.gradient(L1L2.of(0.5, 0), new int[] {6}, w))
                .containsExactly(0.5f, -0.5f, 0.5f, -0.5f, 0, Float.NaN);
    }

    @Test
    void add_manyBlocks_likeTheWhole() {
        float[] values = new float[10_001];
        for (int i = 0; i < values.length; i++) {
            values[i] = (i % 7 - 3) / 4f;
        }
        FloatBuffer gradient = FloatBuffer.allocate(values.length);
        L1L2 regularizer = L1L2.of(0.1, 0.2);

        double penalty = Penalty.add(regularizer, FloatBuffer.wrap(values), gradient);

        assertThat(penalty).isCloseTo(Penalty.value(regularizer, new int[] {values.length}, values), within(1e-9));
        assertThat(gradient.array()).isEqualTo(Penalty.gradient(regularizer, new int[] {values.length}, values));
    }

    @Test
    void orthogonal_oneRow_noPairNoPenalty() {
        float[] row = {1, 2, 3};

        assertThat(Penalty.value(OrthogonalRegularizer.of(), new int[] {1, 3}, row))
                .isZero();
        assertThat(Penalty.gradient(OrthogonalRegularizer.of(), new int[] {1, 3}, row))
                .containsOnly(0);
    }

    @Test
    void orthogonal_rowOfZeros_finite() {
        float[] rows = {0, 0, 1, 1};

        assertThat(Penalty.value(OrthogonalRegularizer.of(), new int[] {2, 2}, rows))
                .isZero();
        assertThat(Penalty.gradient(OrthogonalRegularizer.of(), new int[] {2, 2}, rows))
                .containsOnly(0);
    }

    @Test
    void orthogonal_onPlainValues_refused() {
        assertThatThrownBy(
                        () -> Penalty.add(OrthogonalRegularizer.of(), FloatBuffer.allocate(4), FloatBuffer.allocate(4)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Inputs to OrthogonalRegularizer must have rank 2. Received: inputs.shape=(4,)");
    }
}
