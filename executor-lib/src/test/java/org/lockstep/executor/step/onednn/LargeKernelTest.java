package org.lockstep.executor.step.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lockstep.conf.CompileConf;
import org.lockstep.data.Tensor;
import org.lockstep.executor.step.Network;
import org.lockstep.layers.Dense;
import org.lockstep.model.Sequential;

/** A dense layer's way back through a kernel of 2^18 numbers, beside plain sums: with few rows another product is taken. */
class LargeKernelTest {

    private static final int IN = 1024;
    private static final int UNITS = 256;

    @ParameterizedTest
    @CsvSource({"1,1", "7,1", "7,2", "128,1", "128,2", "129,1", "300,2"})
    void inputGradient_isTheKernelTimesTheOutputs(int rows, int threads) {
        Sequential model = Sequential.of(Dense.of(UNITS).useBias(false)).build(IN);
        float[] slopes = Bench.normal(2, rows * UNITS, 1);
        try (Bench bench = WholeNetworkTest.bench(model, CompileConf.of("sgd", "mse"), threads)) {
            Tensor x = Tensor.of(new int[] {rows, IN}, Bench.normal(1, rows * IN, 1));
            Network.Pullback back = bench.pullback(x, Tensor.of(new int[] {rows, UNITS}, slopes));
            float[] found = back.inputGradient().values();
            for (int row = 0; row < rows; row += 1 + rows / 9) {
                for (int i = 0; i < IN; i++) {
                    assertThat((double) found[row * IN + i])
                            .as("row %d, input %d", row, i)
                            .isCloseTo(product(bench, slopes, row, i), within(1e-3));
                }
            }
        }
    }

    private static double product(Bench bench, float[] slopes, int row, int i) {
        double sum = 0;
        for (int unit = 0; unit < UNITS; unit++) {
            sum += (double) bench.weights().get(i * UNITS + unit) * slopes[row * UNITS + unit];
        }
        return sum;
    }
}
