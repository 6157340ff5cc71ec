package org.lockstep.executor.step.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lockstep.executor.step.Near.assertNear;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.lockstep.activations.Activation;
import org.lockstep.activations.Function;
import org.lockstep.data.Tensor;
import org.lockstep.executor.step.Network;
import org.lockstep.layers.ActivationLayer;
import org.lockstep.layers.Conv2D;
import org.lockstep.model.Sequential;

/** Every activation against its formula in double, and its slope against differences of that. */
class ActivationFunctionsTest {

    private record Formula(Activation activation, DoubleUnaryOperator value) {
        @Override
        public String toString() {
            return activation.toString();
        }
    }

    private static final List<Formula> FORMULAS = List.of(
            of("linear", x -> x),
            of("relu", x -> Math.max(x, 0)),
            of(Activation.of("relu").with("negative_slope", 0.1), x -> x > 0 ? x : 0.1 * x),
            of(Activation.of("relu").with("max_value", 2), x -> Math.min(Math.max(x, 0), 2)),
            of(
                    Activation.of("relu")
                            .with("negative_slope", 0.1)
                            .with("max_value", 2)
                            .with("threshold", 0.5),
                    x -> x >= 2 ? 2 : x > 0.5 ? x : 0.1 * (x - 0.5)),
            of(
                    Activation.of("relu")
                            .with("negative_slope", 0.1)
                            .with("max_value", 1)
                            .with("threshold", 2),
                    x -> x > 2 ? 1 : 0.1 * (x - 2)),
            of(Activation.of("relu").with("max_value", 2).with("threshold", -1), x -> Math.min(Math.max(x, 0), 2)),
            of(Activation.of("relu").with("threshold", -1), x -> x > -1 ? x : 0),
            of("relu6", x -> Math.min(Math.max(x, 0), 6)),
            of("leaky_relu", x -> x > 0 ? x : 0.2 * x),
            of("elu", x -> x > 0 ? x : Math.expm1(x)),
            of(Activation.of("elu").with("alpha", 0.5), x -> x > 0 ? x : 0.5 * Math.expm1(x)),
            of("selu", x -> 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * Math.expm1(x))),
            of("celu", x -> x > 0 ? x : Math.expm1(x)),
            of(Activation.of("celu").with("alpha", 2), x -> x > 0 ? x : 2 * Math.expm1(x / 2)),
            of("gelu", x -> 0.5 * x * (1 + erf(x / Math.sqrt(2)))),
            of(
                    Activation.of("gelu").with("approximate", 1),
                    x -> 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)))),
            of("sigmoid", x -> 1 / (1 + Math.exp(-x))),
            of("tanh", Math::tanh),
            of("softplus", x -> Math.log1p(Math.exp(x))),
            of("softsign", x -> x / (1 + Math.abs(x))),
            of("exponential", Math::exp),
            of("hard_sigmoid", x -> Math.min(Math.max(x + 3, 0), 6) / 6),
            of("hard_sigmoid_keras2", x -> Math.min(Math.max(0.2 * x + 0.5, 0), 1)),
            of("silu", x -> x / (1 + Math.exp(-x))),
            of("hard_silu", x -> x * Math.min(Math.max(x + 3, 0), 6) / 6),
            of("mish", x -> x * Math.tanh(Math.log1p(Math.exp(x)))),
            of("hard_tanh", x -> Math.min(Math.max(x, -1), 1)),
            of("hard_shrink", x -> Math.abs(x) > 0.5 ? x : 0),
            of("soft_shrink", x -> Math.abs(x) > 0.5 ? x - Math.signum(x) * 0.5 : 0),
            of("tanh_shrink", x -> x - Math.tanh(x)),
            of(Activation.of("threshold").with("threshold", 0.3).with("default_value", -1), x -> x > 0.3 ? x : -1),
            of("squareplus", x -> (x + Math.sqrt(x * x + 4)) / 2),
            of("sparse_plus", x -> x <= -1 ? 0 : x < 1 ? (x + 1) * (x + 1) / 4 : x),
            of("sparse_sigmoid", x -> Math.min(Math.max((x + 1) / 2, 0), 1)),
            of("log_sigmoid", x -> -Math.log1p(Math.exp(-x))));

    private static Formula of(String name, DoubleUnaryOperator value) {
        return of(Activation.of(name), value);
    }

    private static Formula of(Activation activation, DoubleUnaryOperator value) {
        return new Formula(activation, value);
    }

    /** Simpson's rule on e^(−t²). */
    private static double erf(double x) {
        int steps = 2000;
        double width = x / steps;
        double sum = 1 + Math.exp(-x * x);
        for (int i = 1; i < steps; i++) {
            sum += (i % 2 == 0 ? 2 : 4) * Math.exp(-(i * width) * (i * width));
        }
        return 2 / Math.sqrt(Math.PI) * sum * width / 3;
    }

    static Stream<Formula> formulas() {
        return FORMULAS.stream();
    }

    /** Both sides of every kink, and none on one. */
    private static final float[] POINTS = {
        -7.1f, -4.2f, -3.1f, -2.9f, -1.7f, -1.01f, -0.97f, -0.61f, -0.43f, -0.02f, 0.03f, 0.21f, 0.44f, 0.57f, 0.98f,
        1.02f, 1.93f, 2.05f, 2.97f, 3.05f, 5.9f, 6.3f
    };

    @ParameterizedTest
    @MethodSource("formulas")
    void everyFunction_isItsFormula(Formula formula) {
        Tensor x = Tensor.of(new int[] {2, 11}, POINTS.clone());
        Sequential model =
                Sequential.of(ActivationLayer.of(formula.activation())).build(11);
        try (Bench bench = new Bench(model)) {
            float[] ones = new float[POINTS.length];
            Arrays.fill(ones, 1);
            Network.Pullback pullback = bench.pullback(x, Tensor.of(new int[] {2, 11}, ones));
            Tensor inference = bench.predict(x);
            for (int i = 0; i < POINTS.length; i++) {
                double value = formula.value().applyAsDouble(POINTS[i]);
                double slope = (formula.value().applyAsDouble(POINTS[i] + 1e-4)
                                - formula.value().applyAsDouble(POINTS[i] - 1e-4))
                        / 2e-4;
                assertNear("y at " + POINTS[i], pullback.output().values()[i], value);
                assertNear("slope at " + POINTS[i], pullback.inputGradient().values()[i], slope);
                assertNear("inference at " + POINTS[i], inference.values()[i], value);
            }
        }
    }

    @Test
    void threshold_withAnInfiniteDefault_keepsWhatIsAbove() {
        Activation activation =
                Activation.of("threshold").with("threshold", 0.5).with("default_value", Double.NEGATIVE_INFINITY);
        try (Bench bench =
                new Bench(Sequential.of(ActivationLayer.of(activation)).build(3))) {
            Tensor x = Tensor.of(new int[] {1, 3}, new float[] {-2, 0.5f, 0.75f});
            assertThat(bench.predict(x).values())
                    .containsExactly(Float.NEGATIVE_INFINITY, Float.NEGATIVE_INFINITY, 0.75f);
        }
    }

    @Test
    void formulas_coverEveryFunction() {
        Set<Function> covered = EnumSet.of(Function.SOFTMAX, Function.LOG_SOFTMAX, Function.GLU, Function.SPARSEMAX);
        FORMULAS.forEach(formula -> covered.add(formula.activation().function()));
        assertThat(covered).containsExactlyInAnyOrder(Function.values());
    }

    /** Reference: the formulas, line by line along the axis; slopes by differences. */
    @ParameterizedTest
    @MethodSource("axes")
    void functionsAlongAnAxis_areTheirFormula(String name, int axis, String format) {
        int[] shape = {2, 4, 6, 2};
        Activation activation =
                axis == -1 ? Activation.of(name) : Activation.of(name).with("axis", axis);
        // A convolution before it, of the other format, so that memory has another order than Keras.
        Conv2D before = Conv2D.of(format.equals("channels_first") ? 4 : 2, 1)
                .dataFormat(format)
                .useBias(false)
                .name("before");
        Sequential model = Sequential.of(before, ActivationLayer.of(activation)).build(4, 6, 2);
        Tensor x = Tensor.of(shape, Bench.normal(1, 96, 1));
        try (Bench bench = new Bench(model)) {
            int channels = format.equals("channels_first") ? 4 : 2;
            float[] identity = new float[channels * channels];
            for (int i = 0; i < channels; i++) {
                identity[i * channels + i] = 1;
            }
            bench.weights().put(0, identity);
            Tensor y = bench.predict(x);
            double[] expected = Along.axis(name, toDouble(x.values()), shape, axis);
            for (int i = 0; i < expected.length; i++) {
                assertNear(name, y.values()[i], expected[i]);
            }
            float[] slopes = Bench.normal(2, expected.length, 1);
            Network.Pullback pullback = bench.pullback(x, Tensor.of(y.shape(), slopes));
            for (int i = 0; i < x.size(); i++) {
                double[] up = toDouble(x.values());
                double[] down = toDouble(x.values());
                up[i] += 1e-5;
                down[i] -= 1e-5;
                double difference = dot(Along.axis(name, up, shape, axis), slopes)
                        - dot(Along.axis(name, down, shape, axis), slopes);
                assertNear(name + " slope", pullback.inputGradient().values()[i], difference / 2e-5);
            }
        }
    }

    static Stream<Arguments> axes() {
        List<Arguments> all = new ArrayList<>();
        for (String name : List.of("softmax", "log_softmax", "glu", "sparsemax")) {
            for (int axis : new int[] {-1, 1, 2}) {
                for (String format : List.of("channels_last", "channels_first")) {
                    all.add(Arguments.of(name, axis, format));
                }
            }
        }
        return all.stream();
    }

    private static double[] toDouble(float[] values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }

    private static double dot(double[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
