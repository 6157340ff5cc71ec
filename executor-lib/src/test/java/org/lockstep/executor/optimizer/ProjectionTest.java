package org.lockstep.executor.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withPrecision;

import org.junit.jupiter.api.Test;
import org.lockstep.constraints.MinMaxNorm;
import org.lockstep.constraints.NonNeg;
import org.lockstep.constraints.RadialConstraint;
import org.lockstep.constraints.UnitNorm;

class ProjectionTest {

    @Test
    void columnOfZeros_staysZero() {
        float[] w = {0, 3, 0, 4};

        Projection.apply(UnitNorm.of(), new int[] {2, 2}, w);

        assertThat(w).containsExactly(new float[] {0, 0.6f, 0, 0.8f}, withPrecision(1e-6f));
    }

    @Test
    void minMaxNorm_columnOfZeros_staysZero() {
        float[] w = {0, 0};

        Projection.apply(MinMaxNorm.of(0.5, 1, 1), new int[] {2, 1}, w);

        assertThat(w).containsOnly(0);
    }

    @Test
    void nonNegative_negativesBecomeZeroAndNaNStays() {
        float[] w = {-1, 2, Float.NaN, -0f};

        Projection.apply(NonNeg.of(), new int[] {4}, w);

        assertThat(w).containsExactly(0, 2, Float.NaN, 0);
    }

    @Test
    void radial_oneByOne_staysAsItIs() {
        float[] w = {1, 2};

        Projection.apply(RadialConstraint.of(), new int[] {1, 1, 1, 2}, w);

        assertThat(w).containsExactly(1, 2);
    }

    @Test
    void radial_notSquare_refused() {
        assertThatThrownBy(() -> Projection.apply(RadialConstraint.of(), new int[] {3, 1, 1, 1}, new float[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid kernel for RadialConstraint: must be square. "
                        + "Received weight tensor with shape: (3, 1, 1, 1)");
    }
}
