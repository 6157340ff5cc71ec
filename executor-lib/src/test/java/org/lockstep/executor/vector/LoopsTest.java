package org.lockstep.executor.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lockstep.executor.vector.Operand.GRADIENT;
import static org.lockstep.executor.vector.Operand.SCRATCH;
import static org.lockstep.executor.vector.Operand.SUMS;
import static org.lockstep.executor.vector.Operand.WEIGHTS;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LoopsTest {

    private static final float[] A = {1.5f, -2, 0, -0f, 9, Float.MIN_VALUE, 3e38f};
    private static final float[] B = {-0.5f, 3, 7, 2, -4, 0.5f, 3e38f};

    private interface Scalar {
        float of(float a, float b);
    }

    static List<Arguments> passes() {
        return List.of(
                of(Pass.from(SUMS), (a, b) -> a),
                of(Pass.from(SUMS).plus(WEIGHTS), (a, b) -> a + b),
                of(Pass.from(SUMS).plus(WEIGHTS, 0.3f), (a, b) -> a + b * 0.3f),
                of(Pass.from(SUMS).minus(WEIGHTS), (a, b) -> a - b),
                of(Pass.from(SUMS).times(WEIGHTS), (a, b) -> a * b),
                of(Pass.from(SUMS).over(WEIGHTS), (a, b) -> a / b),
                of(Pass.from(SUMS).max(WEIGHTS), Math::max),
                of(Pass.from(SUMS).plus(0.1f), (a, b) -> a + 0.1f),
                of(Pass.from(SUMS).times(0.1f), (a, b) -> a * 0.1f),
                of(Pass.from(SUMS).over(3), (a, b) -> a / 3),
                of(Pass.from(SUMS).times(SUMS).root(), (a, b) -> (float) Math.sqrt(a * a)),
                of(Pass.from(SUMS).clip(2), (a, b) -> Math.max(-2f, Math.min(2f, a))),
                of(Pass.from(SUMS).times(3).minus(WEIGHTS).times(SUMS), (a, b) -> (a * 3 - b) * a));
    }

    private static Arguments of(Pass.Draft draft, Scalar scalar) {
        return Arguments.of(draft.into(GRADIENT), scalar);
    }

    private static Loops loops() {
        Loops loops = new Loops(A.length + 2);
        System.arraycopy(A, 0, loops.at(SUMS), 0, A.length);
        System.arraycopy(B, 0, loops.at(WEIGHTS), 0, B.length);
        return loops;
    }

    @ParameterizedTest
    @MethodSource("passes")
    void operations_areThoseOfEachNumber(Pass pass, Scalar scalar) {
        Loops loops = loops();
        loops.run(List.of(pass), A.length);
        for (int i = 0; i < A.length; i++) {
            assertThat(loops.at(GRADIENT)[i]).as("%s and %s", A[i], B[i]).isEqualTo(scalar.of(A[i], B[i]));
        }
        assertThat(loops.at(SUMS)).startsWith(A);
        assertThat(loops.at(WEIGHTS)).startsWith(B);
    }

    @Test
    void target_mayBeReadInItsPass_andPassesSeeWhatThoseBeforeLeft() {
        Loops loops = loops();
        loops.run(
                List.of(
                        Pass.from(WEIGHTS).times(2).into(SCRATCH),
                        Pass.from(WEIGHTS)
                                .times(WEIGHTS)
                                .plus(SCRATCH)
                                .minus(WEIGHTS)
                                .into(WEIGHTS),
                        Pass.from(WEIGHTS).plus(SCRATCH).into(SUMS)),
                5);
        assertThat(loops.at(WEIGHTS)).startsWith(-0.25f, 12, 56, 6, 12);
        assertThat(loops.at(SUMS)).startsWith(-1.25f, 18, 70, 10, 4);
    }

    @Test
    void joined_withoutTheVectorBetween() {
        Pass average = Pass.from(SUMS).times(0.5f).into(GRADIENT);
        Pass step = Pass.from(GRADIENT).times(-1).plus(WEIGHTS).into(WEIGHTS);
        assertThat(average.and(step))
                .isEqualTo(Pass.from(SUMS).times(0.5f).times(-1).plus(WEIGHTS).into(WEIGHTS));
        assertThatThrownBy(() -> step.and(average)).isInstanceOf(IllegalArgumentException.class);
        Pass square = Pass.from(GRADIENT).times(GRADIENT).into(WEIGHTS);
        assertThatThrownBy(() -> average.and(square))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Cannot join ")
                .hasMessageEndingWith("the second must read GRADIENT first, and only there");
    }

    @Test
    void multipleInAVectorsPlace() {
        assertThat(Pass.from(GRADIENT).times(3).plus(WEIGHTS, 5).into(WEIGHTS).with(GRADIENT, SUMS, 0.5f))
                .isEqualTo(Pass.from(SUMS).times(1.5f).plus(WEIGHTS, 5).into(WEIGHTS));
        Pass square = Pass.from(GRADIENT).times(GRADIENT).plus(GRADIENT, 3).into(SCRATCH);
        Pass replaced = square.with(GRADIENT, SUMS, 0.5f);
        Loops loops = loops();
        loops.run(List.of(Pass.from(SUMS).times(0.5f).into(GRADIENT), square), 5);
        float[] expected = loops.at(SCRATCH).clone();
        assertThat(expected).startsWith(2.8125f, -2);
        loops.run(List.of(replaced), 5);
        assertThat(loops.at(SCRATCH)).startsWith(Arrays.copyOf(expected, 5));
    }

    @Test
    void form_isTheSameForOtherNumbers_butNotForOtherBounds() {
        assertThat(Pass.from(SUMS).times(2).plus(WEIGHTS, 3).into(SUMS).form())
                .isEqualTo(Pass.from(SUMS).times(4).plus(WEIGHTS, 5).into(SUMS).form())
                .isNotEqualTo(Pass.from(SUMS).times(2).plus(WEIGHTS).into(SUMS).form());
        assertThat(Pass.from(SUMS).clip(1).into(SUMS).form())
                .isNotEqualTo(Pass.from(SUMS).clip(2).into(SUMS).form());
    }
}
