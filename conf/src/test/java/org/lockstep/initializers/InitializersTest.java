package org.lockstep.initializers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lockstep.keras.NotSupportedException;
import org.lockstep.random.CounterRandom;
import org.lockstep.random.Purpose;

class InitializersTest {

    private static float[] values(Initializer initializer, int... shape) {
        return initializer.values(shape, CounterRandom.of(3, Purpose.INITIAL_WEIGHTS, 0, 0, 0));
    }

    /** Mean 0 and the standard deviation and bounds that Keras's formulas give for (5, 5, 40, 60). */
    @ParameterizedTest
    @CsvSource({
        "glorot_uniform,   0.028284271, 0.048989795",
        "glorot_normal,    0.028284271, 0.064309",
        "he_uniform,       0.044721360, 0.077459667",
        "he_normal,        0.044721360, 0.101682",
        "lecun_uniform,    0.031622777, 0.054772256",
        "lecun_normal,     0.031622777, 0.071900",
        "variance_scaling, 0.031622777, 0.071900",
        "random_uniform,   0.028867513, 0.05",
        "uniform,          0.028867513, 0.05",
        "random_normal,    0.05,        1",
        "normal,           0.05,        1",
        "truncated_normal, 0.043981,    0.1"
    })
    void values_ofNamedInitializer_haveKerasDistribution(String name, double stddev, double bound) {
        float[] values = values(Initializer.of(name), 5, 5, 40, 60);

        assertThat(mean(values)).isCloseTo(0, within(stddev / 50));
        assertThat(stddev(values)).isCloseTo(stddev, within(stddev / 50));
        for (float value : values) {
            assertThat(Math.abs(value)).isLessThanOrEqualTo((float) (bound * 1.000001));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "fan_in, uniform, 40",
        "fan_out, uniform, 200",
        "fan_avg, uniform, 120",
        "fan_in, truncated_normal, 40",
        "fan_out, normal, 200",
        "fan_avg, untruncated_normal, 120"
    })
    void variance_ofScaling_isScaleByFan(String mode, String distribution, double fan) {
        float[] values = values(new VarianceScaling(2, mode, distribution, null), 2, 5, 4, 20);
        float[] more = values(new VarianceScaling(2, mode, distribution, 77L), 2, 5, 4, 20);
        double both = (stddev(values) + stddev(more)) / 2;

        assertThat(both).isCloseTo(Math.sqrt(2 / fan), within(0.05 * Math.sqrt(2 / fan)));
    }

    @Test
    void fans_ofShapes_areKeras() {
        assertThat(Fans.of(new int[] {})).isEqualTo(new Fans(1, 1));
        assertThat(Fans.of(new int[] {7})).isEqualTo(new Fans(7, 7));
        assertThat(Fans.of(new int[] {3, 4})).isEqualTo(new Fans(3, 4));
        assertThat(Fans.of(new int[] {5, 3, 4, 8})).isEqualTo(new Fans(60, 120));
    }

    @ParameterizedTest
    @CsvSource({"8, 3, 1", "3, 8, 1", "5, 5, 2"})
    void orthogonal_ofMatrix_hasOrthonormalRowsOrColumns(int rows, int cols, double gain) {
        assertOrthogonal(values(new Orthogonal(gain, null), rows, cols), rows, cols, gain);
    }

    @Test
    void orthogonal_ofKernel_isOrthogonalOverAllButTheLastAxis() {
        assertOrthogonal(values(Orthogonal.of(), 3, 3, 4, 8), 36, 8, 1);
        assertOrthogonal(values(Orthogonal.of(), 1, 1, 2, 8), 2, 8, 1);
    }

    private static void assertOrthogonal(float[] values, int rows, int cols, double gain) {
        boolean tall = rows >= cols;
        int n = Math.min(rows, cols);
        for (int a = 0; a < n; a++) {
            for (int b = 0; b < n; b++) {
                double dot = 0;
                for (int i = 0; i < Math.max(rows, cols); i++) {
                    dot += tall
                            ? values[i * cols + a] * values[i * cols + b]
                            : values[a * cols + i] * values[b * cols + i];
                }
                assertThat(dot).isCloseTo(a == b ? gain * gain : 0, within(1e-5));
            }
        }
    }

    @Test
    void values_ofConstants_areThose() {
        assertThat(values(Initializer.of("zeros"), 2)).containsExactly(0, 0);
        assertThat(values(Initializer.of("ones"), 2)).containsExactly(1, 1);
        assertThat(values(new Constant(0.5), 2)).containsExactly(0.5f, 0.5f);
        assertThat(values(new Identity(2), 2, 3)).containsExactly(2, 0, 0, 0, 2, 0);
        assertThat(values(new Values(List.of(2), List.of(3f, 4f)), 2)).containsExactly(3, 4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"glorot_uniform", "he_normal", "orthogonal", "random_normal", "truncated_normal"})
    void values_ofOneStream_areReproducible(String name) {
        assertThat(values(Initializer.of(name), 6, 4)).containsExactly(values(Initializer.of(name), 6, 4));
    }

    @Test
    void values_ofSeed_doNotDependOnTheStream() {
        Initializer seeded = new RandomNormal(0, 1, 5L);

        assertThat(seeded.values(new int[] {4}, CounterRandom.of(1, Purpose.INITIAL_WEIGHTS, 0, 0, 0)))
                .containsExactly(seeded.values(new int[] {4}, CounterRandom.of(2, Purpose.INITIAL_WEIGHTS, 0, 0, 0)));
        assertThat(values(seeded, 4)).doesNotContain(values(new RandomNormal(0, 1, 6L), 4));
    }

    @Test
    void of_wrongArguments_isRefusedInKerasWords() {
        assertThatThrownBy(() -> new VarianceScaling(0, "fan_in", "uniform", null))
                .hasMessage("Argument `scale` must be positive float. Received: scale=0.0");
        assertThatThrownBy(() -> new VarianceScaling(Double.NaN, "fan_in", "uniform", null))
                .hasMessageStartingWith("Argument `scale` must be positive float.");
        assertThatThrownBy(() -> new VarianceScaling(1, "fan", "uniform", null))
                .hasMessage("Invalid `mode` argument: fan. Please use one of [fan_in, fan_out, fan_avg]");
        assertThatThrownBy(() -> new VarianceScaling(1, "fan_in", "cauchy", null))
                .hasMessageStartingWith("Invalid `distribution` argument: cauchy. Please use one of");
        assertThatThrownBy(() -> Initializer.of("no_such"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Could not interpret initializer identifier: no_such");
        assertThatThrownBy(() -> Initializer.of("constant")).hasMessageContaining("`value` must be given");
        assertThatThrownBy(() -> Initializer.of("stft")).isInstanceOf(NotSupportedException.class);
        assertThatThrownBy(() -> values(Orthogonal.of(), 3)).hasMessageContaining("at least two-dimensional");
        assertThatThrownBy(() -> values(Identity.of(), 3, 3, 3)).hasMessageContaining("only be used for 2D matrices");
        assertThatThrownBy(() -> values(new Values(List.of(2), List.of(1f, 2f)), 3))
                .hasMessage("Invalid initializer values: their shape must be the variable's, [3]. Received: [2]");
        assertThatThrownBy(() -> new Values(List.of(3), List.of(1f)))
                .hasMessage("Invalid initializer values: shape [3] needs 3 numbers. Received: 1");
    }

    private static double mean(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static double stddev(float[] values) {
        double mean = mean(values);
        double sum = 0;
        for (float value : values) {
            sum += (value - mean) * (value - mean);
        }
        return Math.sqrt(sum / values.length);
    }
}
