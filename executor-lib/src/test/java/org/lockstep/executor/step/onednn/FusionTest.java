package org.lockstep.executor.step.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lockstep.executor.step.Near.assertNear;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.lockstep.activations.Activation;
import org.lockstep.conf.CompileConf;
import org.lockstep.data.Batch;
import org.lockstep.data.Tensor;
import org.lockstep.executor.step.loss.LastActivation;
import org.lockstep.executor.step.loss.Objective;
import org.lockstep.layers.ActivationLayer;
import org.lockstep.layers.Add;
import org.lockstep.layers.BatchNormalization;
import org.lockstep.layers.Conv2D;
import org.lockstep.layers.Dense;
import org.lockstep.layers.DepthwiseConv2D;
import org.lockstep.layers.Flatten;
import org.lockstep.layers.Input;
import org.lockstep.layers.KerasTensor;
import org.lockstep.layers.Layer;
import org.lockstep.layers.MaxPooling2D;
import org.lockstep.layers.ZeroPadding2D;
import org.lockstep.model.Model;
import org.lockstep.model.Sequential;

/** Layers that one primitive computes together give what they give apart. */
class FusionTest {

    private static final CompileConf CLASSES = CompileConf.of("sgd", "sparse_categorical_crossentropy", "accuracy");

    /** The same function as relu here, which is not fused as its slope comes from the input. */
    private static final Activation APART = Activation.of("relu").with("max_value", 1e30);

    private static Sequential network(Activation activation) {
        return Sequential.of(
                Conv2D.of(8, 3).activation(activation).inputShape(13, 12, 3),
                MaxPooling2D.of(3).strides(2).padding("same"),
                Conv2D.of(8, 3).padding("same").useBias(false),
                BatchNormalization.of(),
                ActivationLayer.of(activation),
                Conv2D.of(8, 3),
                ActivationLayer.of(activation),
                MaxPooling2D.of(2),
                Flatten.of(),
                Dense.of(6),
                BatchNormalization.of().scale(false),
                ActivationLayer.of(activation),
                Dense.of(4).activation("softmax"));
    }

    @Test
    void reluInsideOtherPrimitives_givesTheSameGradients() {
        Sequential together = network(Activation.of("relu"));
        Sequential apart = network(APART);
        Batch batch = WholeNetworkTest.batch(together, 7, 4);
        try (Bench one = WholeNetworkTest.bench(together, CLASSES, 1);
                Bench other = WholeNetworkTest.bench(apart, CLASSES, 1)) {
            assertThat(one.train(batch).loss()).isEqualTo(other.train(batch).loss());
            assertNear("gradient", one.gradient(), other.gradient());
            assertNear(
                    "evaluation",
                    one.evaluate(batch).loss(),
                    other.evaluate(batch).loss());
        }
    }

    @Test
    void layers_areComputedTogether() {
        // Three convolutions, two poolings, two normalizations, two products and the softmax.
        assertThat(operations(network(Activation.of("relu")), Mode.TRAINING)).hasSize(10);
        assertThat(operations(network(APART), Mode.TRAINING)).hasSize(14);
    }

    @Test
    void functionsWhoseOutputTellsTheSlope_areComputedByTheConvolution() {
        for (String function : List.of("relu", "leaky_relu", "relu6", "sigmoid")) {
            assertThat(productsWithFunction(Activation.of(function)))
                    .as(function)
                    .isEqualTo(2);
        }
        assertThat(productsWithFunction(APART)).isZero();
        assertThat(productsWithFunction(Activation.of("leaky_relu").with("negative_slope", -1)))
                .isZero();
    }

    private static long productsWithFunction(Activation activation) {
        return operations(network(activation), Mode.TRAINING).stream()
                .filter(operation -> operation instanceof ProductOperation product
                        && product.epilogue().function() != null)
                .count();
    }

    private static List<Operation> operations(Model model, Mode mode) {
        Objective objective = Objective.of(CLASSES, LastActivation.of(model));
        OpenMp.setThreads(1);
        try (Program program = new Program(model, objective, 2, mode)) {
            return program.operations();
        }
    }

    @Test
    void normalization_inInference_isPartOfTheConvolution() {
        Conv2D first = Conv2D.of(4, 3).dataFormat("channels_first").useBias(false);
        assertThat(isFolded(Conv2D.of(4, 3), BatchNormalization.of(), 6, 5, 3)).isTrue();
        assertThat(isFolded(first, BatchNormalization.of().axis(1).center(false), 3, 6, 5))
                .isTrue();
        assertThat(isFolded(Dense.of(4), BatchNormalization.of().scale(false), 7))
                .isTrue();
        assertThat(isFolded(Conv2D.of(4, 3), BatchNormalization.of().axis(1), 6, 5, 3))
                .isFalse();
    }

    /** Elsewhere oneDNN may have no fast kernel that does both. */
    @Test
    @EnabledIfSystemProperty(named = "os.arch", matches = "amd64|x86_64")
    void sum_ofAProductAndAnotherTensor_isPartOfTheProduct() {
        List<Operation> training = operations(GraphTest.additions(), Mode.TRAINING);
        List<Operation> inference = operations(GraphTest.additions(), Mode.INFERENCE);
        assertThat(List.of(training, inference))
                .allSatisfy(operations -> assertThat(operations)
                        .filteredOn(operation -> operation instanceof ProductOperation product
                                && product.epilogue().summand() != null)
                        .hasSize(5));
        // The others: the normalization of a sum, and the average.
        assertThat(inference)
                .filteredOn(operation -> !(operation instanceof ProductOperation))
                .hasSize(2);
    }

    /** A product, a normalization and a relu are then the factors' computation and one primitive. */
    private static boolean isFolded(Layer product, BatchNormalization normalization, int... sample) {
        Sequential model = Sequential.of(product, normalization, ActivationLayer.of("relu"))
                .build(sample);
        Sequential alone = Sequential.of(product).build(sample);
        List<Operation> operations = operations(model, Mode.INFERENCE);
        return operations.stream().anyMatch(FoldingOperation.class::isInstance)
                && operations.size() == operations(alone, Mode.INFERENCE).size() + 1;
    }

    @Test
    void foldedNormalization_isTheOneByDefinition() {
        Layer product = Conv2D.of(4, 3);
        Sequential alone = Sequential.of(product).build(6, 5, 3);
        Sequential both = Sequential.of(product, BatchNormalization.of(), ActivationLayer.of("relu"))
                .build(6, 5, 3);
        Tensor x = WholeNetworkTest.batch(alone, 3, 4).x();
        try (Bench first = WholeNetworkTest.bench(alone, CLASSES, 1);
                Bench second = WholeNetworkTest.bench(both, CLASSES, 1)) {
            float[] kernel = new float[alone.layout().length()];
            second.weights().get(0, kernel);
            first.weights().put(0, kernel);
            float[] y = first.predict(x).values().clone();
            for (int i = 0; i < y.length; i++) {
                double scale =
                        at(second, both, "gamma", i % 4) / Math.sqrt(at(second, both, "moving_variance", i % 4) + 1e-3);
                double value =
                        (y[i] - at(second, both, "moving_mean", i % 4)) * scale + at(second, both, "beta", i % 4);
                y[i] = (float) Math.max(value, 0);
            }
            assertNear("prediction", second.predict(x).values(), y);
        }
    }

    private static float at(Bench bench, Sequential model, String variable, int index) {
        return bench.weights()
                .get(index
                        + model.layout().slots().stream()
                                .filter(slot -> slot.variable().name().equals(variable))
                                .findFirst()
                                .orElseThrow()
                                .offset());
    }

    @Test
    void margins_areThoseOfTheConvolutionThatReadsThem() {
        ZeroPadding2D margins = ZeroPadding2D.of(1, 2, 0, 1);
        assertFolded(true, ZeroPadding2D.of(1), Conv2D.of(6, 3), 7, 6, 3);
        assertFolded(true, ZeroPadding2D.of(3), Conv2D.of(8, 7).strides(2).activation("relu"), 12, 12, 3);
        assertFolded(true, ZeroPadding2D.of(1), Conv2D.of(6, 3).strides(2).padding("same"), 7, 6, 3);
        assertFolded(true, margins, Conv2D.of(4, 3, 2).dilationRate(1, 2).groups(2), 7, 6, 4);
        assertFolded(true, margins, DepthwiseConv2D.of(3).depthMultiplier(2), 7, 6, 4);
        // A window that lies in the margins, or has its channels in another order, is left alone.
        assertFolded(false, ZeroPadding2D.of(2), Conv2D.of(6, 2), 7, 6, 3);
        assertFolded(false, margins, Conv2D.of(6, 1), 7, 6, 3);
    }

    /** Compares with a network in which the identity comes between the two. */
    private static void assertFolded(boolean isFolded, ZeroPadding2D margins, Layer convolution, int... sample) {
        Layer identity = ActivationLayer.of(Activation.of("leaky_relu").with("negative_slope", 1));
        Sequential together = Sequential.of(Dense.of(sample[2]), margins, convolution, Flatten.of(), Dense.of(4))
                .build(sample);
        Sequential apart = Sequential.of(Dense.of(sample[2]), margins, identity, convolution, Flatten.of(), Dense.of(4))
                .build(sample);
        for (Mode mode : Mode.values()) {
            assertThat(operations(together, mode).stream().noneMatch(PaddingOperation.class::isInstance))
                    .as("%s then %s", margins, convolution)
                    .isEqualTo(isFolded);
            assertThat(operations(apart, mode)).anyMatch(PaddingOperation.class::isInstance);
        }
        Batch batch = WholeNetworkTest.batch(together, 5, 4);
        Tensor slopes = Tensor.of(new int[] {5, 4}, Bench.normal(8, 20, 1));
        try (Bench one = WholeNetworkTest.bench(together, CLASSES, 1);
                Bench other = WholeNetworkTest.bench(apart, CLASSES, 1)) {
            var pullback = one.pullback(batch.x(), slopes);
            var expected = other.pullback(batch.x(), slopes);
            assertNear("output", pullback.output(), expected.output());
            assertNear("x", pullback.inputGradient(), expected.inputGradient());
            assertNear("gradient", one.gradient(), other.gradient());
            assertNear("prediction", one.predict(batch.x()), other.predict(batch.x()));
        }
    }

    @Test
    void margins_withAnotherReader_stay() {
        Input image = Input.of(6, 6, 3);
        KerasTensor padded = ZeroPadding2D.of(1).on(image);
        KerasTensor both = Add.of().on(padded, Conv2D.of(3, 3).padding("same").on(padded));
        Model model = Model.of(image, Dense.of(4).on(Flatten.of().on(both)));
        assertThat(operations(model, Mode.TRAINING)).anyMatch(PaddingOperation.class::isInstance);
    }
}
