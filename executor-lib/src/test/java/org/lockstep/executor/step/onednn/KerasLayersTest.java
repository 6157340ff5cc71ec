package org.lockstep.executor.step.onednn;

import static org.lockstep.executor.step.Near.assertNear;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lockstep.conf.CompileConf;
import org.lockstep.data.Batch;
import org.lockstep.data.Tensor;
import org.lockstep.executor.step.BatchSums;
import org.lockstep.executor.step.KerasCases;
import org.lockstep.executor.step.Network;
import org.lockstep.layers.ActivationLayer;
import org.lockstep.layers.AveragePooling2D;
import org.lockstep.layers.BatchNormalization;
import org.lockstep.layers.Conv2D;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Flatten;
import org.lockstep.layers.GlobalAveragePooling2D;
import org.lockstep.layers.Layer;
import org.lockstep.layers.MaxPooling2D;
import org.lockstep.model.Sequential;
import org.lockstep.regularizers.L2;

/** Layers against reference values. */
class KerasLayersTest {

    static List<KerasCases.Case> convolutions() {
        return KerasCases.of("conv2d");
    }

    static List<KerasCases.Case> dense() {
        return KerasCases.of("dense");
    }

    static List<KerasCases.Case> maxPoolings() {
        return KerasCases.of("max_pooling2d");
    }

    static List<KerasCases.Case> averagePoolings() {
        return KerasCases.of("average_pooling2d");
    }

    static List<KerasCases.Case> globalPoolings() {
        return KerasCases.of("global_average_pooling2d");
    }

    static List<KerasCases.Case> flattenings() {
        return KerasCases.of("flatten");
    }

    static List<KerasCases.Case> activations() {
        return KerasCases.of("activation");
    }

    static List<KerasCases.Case> normalizations() {
        return KerasCases.of("batch_normalization");
    }

    static List<KerasCases.Case> penalties() {
        return KerasCases.of("layer_losses");
    }

    @ParameterizedTest
    @MethodSource("convolutions")
    void convolution_likeKeras(KerasCases.Case reference) {
        check(
                reference,
                Conv2D.of(reference.config().get("filters").asInt(), reference.integers("kernel_size"))
                        .strides(reference.integers("strides"))
                        .padding(reference.text("padding"))
                        .dataFormat(reference.text("data_format"))
                        .dilationRate(reference.integers("dilation_rate"))
                        .groups(reference.config().get("groups").asInt())
                        .activation(reference.text("activation"))
                        .useBias(reference.flag("use_bias"))
                        .name("layer"));
    }

    @ParameterizedTest
    @MethodSource("dense")
    void dense_likeKeras(KerasCases.Case reference) {
        check(
                reference,
                Dense.of(reference.config().get("units").asInt())
                        .activation(reference.text("activation"))
                        .useBias(reference.flag("use_bias"))
                        .name("layer"));
    }

    @ParameterizedTest
    @MethodSource("maxPoolings")
    void maxPooling_likeKeras(KerasCases.Case reference) {
        check(
                reference,
                MaxPooling2D.of(reference.integers("pool_size"))
                        .strides(reference.integers("strides"))
                        .padding(reference.text("padding"))
                        .dataFormat(reference.text("data_format")));
    }

    @ParameterizedTest
    @MethodSource("averagePoolings")
    void averagePooling_likeKeras(KerasCases.Case reference) {
        check(
                reference,
                AveragePooling2D.of(reference.integers("pool_size"))
                        .strides(reference.integers("strides"))
                        .padding(reference.text("padding"))
                        .dataFormat(reference.text("data_format")));
    }

    @ParameterizedTest
    @MethodSource("globalPoolings")
    void globalAveragePooling_likeKeras(KerasCases.Case reference) {
        check(
                reference,
                GlobalAveragePooling2D.of()
                        .dataFormat(reference.text("data_format"))
                        .keepdims(reference.flag("keepdims")));
    }

    @ParameterizedTest
    @MethodSource("flattenings")
    void flatten_likeKeras(KerasCases.Case reference) {
        check(reference, Flatten.of().dataFormat(reference.text("data_format")));
    }

    @ParameterizedTest
    @MethodSource("activations")
    void activation_likeKeras(KerasCases.Case reference) {
        check(reference, ActivationLayer.of(reference.text("name")));
    }

    /** Output, and where the case has them, gradients of sum(y · R). */
    private static void check(KerasCases.Case reference, Layer layer) {
        Tensor x = reference.input("x");
        Sequential model = Sequential.of(layer).build(sample(x));
        try (Bench bench = new Bench(model).weights(weights(reference))) {
            assertNear("inference", bench.predict(x), reference.expected("y"));
            if (!reference.inputs().has("R")) {
                return;
            }
            Network.Pullback pullback = bench.pullback(x, reference.input("R"));
            assertNear("y", pullback.output(), reference.expected("y"));
            assertNear("dx", pullback.inputGradient(), reference.expected("dx"));
            for (String name : List.of("kernel", "bias")) {
                if (reference.expected().has("d" + name)) {
                    assertNear(
                            "d" + name,
                            bench.gradient("layer/" + name),
                            reference.expected("d" + name).values());
                }
            }
        }
    }

    private static int[] sample(Tensor x) {
        return Arrays.copyOfRange(x.shape(), 1, x.rank());
    }

    private static Map<String, Tensor> weights(KerasCases.Case reference) {
        Map<String, Tensor> weights = new HashMap<>();
        for (String name : List.of("kernel", "bias", "gamma", "beta", "moving_mean", "moving_variance")) {
            if (reference.inputs().has(name)) {
                weights.put("layer/" + name, reference.input(name));
            }
        }
        return weights;
    }

    @ParameterizedTest
    @MethodSource("normalizations")
    void batchNormalization_likeKeras(KerasCases.Case reference) {
        Tensor x = reference.input("x");
        BatchNormalization layer = BatchNormalization.of()
                .axis((int) reference.number("axis"))
                .momentum(reference.number("momentum"))
                .epsilon(reference.number("epsilon"))
                .center(reference.flag("center"))
                .scale(reference.flag("scale"))
                .name("layer");
        Sequential model = Sequential.of(layer).build(sample(x));
        try (Bench bench = new Bench(model).weights(weights(reference))) {
            if (!reference.flag("training")) {
                assertNear("inference", bench.predict(x), reference.expected("y"));
                return;
            }
            Network.Pullback pullback = bench.pullback(x, reference.input("R"));
            assertNear("y", pullback.output(), reference.expected("y"));
            assertNear("dx", pullback.inputGradient(), reference.expected("dx"));
            assertNear(
                    "dgamma",
                    bench.gradient("layer/gamma"),
                    reference.expected("dgamma").values());
            assertNear(
                    "dbeta",
                    bench.gradient("layer/beta"),
                    reference.expected("dbeta").values());
            for (String name : List.of("moving_mean", "moving_variance")) {
                float[] moved = reference.input(name).values().clone();
                float[] sums = bench.gradient("layer/" + name);
                for (int i = 0; i < moved.length; i++) {
                    double batch = sums[i] / x.dimension(0);
                    moved[i] = (float) (moved[i] * layer.momentum() + batch * (1 - layer.momentum()));
                }
                assertNear(name, moved, reference.expected(name).values());
            }
        }
    }

    /** Kernel and bias penalties belong to the update; the activity penalty is divided by the batch. */
    @ParameterizedTest
    @MethodSource("penalties")
    void activityRegularizer_likeKeras(KerasCases.Case reference) {
        Tensor x = reference.input("x");
        double l2 = reference.config().get("activity_regularizer").get("l2").asDouble();
        Conv2D layer = Conv2D.of(reference.config().get("filters").asInt(), reference.integers("kernel_size"))
                .padding(reference.text("padding"))
                .activation(reference.text("activation"))
                .activityRegularizer(new L2(l2))
                .name("layer");
        Sequential model = Sequential.of(layer).build(sample(x));
        try (Bench bench = new Bench(model, CompileConf.of("sgd", "mse")).weights(weights(reference))) {
            Tensor y = bench.predict(x);
            BatchSums sums = bench.train(new Batch(x, y));
            assertNear(
                    "penalty",
                    sums.loss() / x.dimension(0),
                    reference
                            .expected()
                            .get("activity_penalty_divided_by_batch")
                            .asDouble());
        }
    }
}
