package org.lockstep.executor.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lockstep.executor.vector.Loops;
import org.lockstep.executor.vector.Operand;
import org.lockstep.layers.Dense;
import org.lockstep.model.Sequential;
import org.lockstep.regularizers.L1L2;

class AveragingTest {

    private static final int LENGTH = 4000;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 32, 48, 64, 100, 1 << 20})
    void sums_becomeQuotientsToTheBit(long samples) {
        Plan plan = Plan.of(Sequential.of(Dense.of(40).inputShape(100)));
        Loops loops = new Loops(LENGTH);
        float[] expected = new float[LENGTH];
        Random random = new Random(1);
        for (int i = 0; i < LENGTH; i++) {
            float sum = (float) random.nextGaussian() * (i % 2 == 0 ? 1 : 40 * Float.MIN_VALUE);
            loops.at(Operand.SUMS)[i] = sum;
            expected[i] = sum / samples;
        }

        loops.run(Averaging.of(plan.parts().get(0), (float) samples), LENGTH);

        assertThat(loops.at(Operand.GRADIENT)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0, 0.25", "0.25, 0", "0.25, 0.125"})
    void penalties_areOfEveryWeight(double l1, double l2) {
        Plan plan = Plan.of(Sequential.of(Dense.of(40).inputShape(100).kernelRegularizer(new L1L2(l1, l2))));
        float[] weights = {0, -0f, Float.MIN_VALUE, -Float.MIN_VALUE, 1, -2, 1e38f, -1e-30f, Float.MIN_NORMAL};
        for (float samples : new float[] {1, 4, 6}) {
            Loops loops = new Loops(weights.length);
            System.arraycopy(weights, 0, loops.at(Operand.WEIGHTS), 0, weights.length);
            Arrays.fill(loops.at(Operand.SUMS), 12);
            loops.run(Averaging.of(plan.parts().get(0), samples), weights.length);
            for (int i = 0; i < weights.length; i++) {
                double expected = 12 / samples + l1 * Math.signum(weights[i]) + 2 * l2 * weights[i];
                assertThat((double) loops.at(Operand.GRADIENT)[i])
                        .as("of %s, %s samples", weights[i], samples)
                        .isCloseTo(expected, within(1e-6 * Math.abs(expected)));
            }
        }
    }
}
