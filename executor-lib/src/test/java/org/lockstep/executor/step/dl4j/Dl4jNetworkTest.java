package org.lockstep.executor.step.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.lockstep.activations.Activation;
import org.lockstep.conf.ClusterConf.Engine;
import org.lockstep.conf.CompileConf;
import org.lockstep.data.Batch;
import org.lockstep.data.Tensor;
import org.lockstep.executor.step.BatchSums;
import org.lockstep.executor.step.Network;
import org.lockstep.executor.step.Networks;
import org.lockstep.executor.step.StepKey;
import org.lockstep.keras.NotSupportedException;
import org.lockstep.layers.ActivationLayer;
import org.lockstep.layers.BatchNormalization;
import org.lockstep.layers.Conv2D;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Dropout;
import org.lockstep.layers.Layer;
import org.lockstep.layers.MaxPooling2D;
import org.lockstep.model.Sequential;
import org.lockstep.regularizers.OrthogonalRegularizer;

/** What is DL4J's engine's own: refusals, empty batches, dropout in channels_first, bits. */
class Dl4jNetworkTest {

    private static final CompileConf MSE = CompileConf.of("sgd", "mse", "accuracy");
    private static final StepKey KEY = new StepKey(1, 0, 0, 0);

    static Stream<Arguments> refused() {
        Conv2D conv = Conv2D.of(4, 3).dataFormat("channels_last");
        return Stream.of(
                Arguments.of(conv.groups(2), "layer \"conv2d\" with DL4J: `groups` must be 1. Received: 2"),
                Arguments.of(conv.activation("hard_sigmoid"), "`activation` must be one that DL4J has"),
                Arguments.of(conv.activation("gelu"), "Received: gelu"),
                Arguments.of(ActivationLayer.of(Activation.of("softmax").with("axis", 1)), "softmax must have axis -1"),
                Arguments.of(
                        ActivationLayer.of(Activation.of("relu").with("threshold", 1)), "relu must have threshold 0"),
                Arguments.of(ActivationLayer.of(Activation.of("elu").with("alpha", 2)), "elu must have alpha 1"),
                Arguments.of(BatchNormalization.of().trainable(false), "`trainable` must be True. Received: False"),
                Arguments.of(Dense.of(2), "`input` must have rank 2. Received: (None, 6, 6, 2)"),
                Arguments.of(
                        conv.activityRegularizer(OrthogonalRegularizer.of()),
                        "`activity_regularizer` must be L1, L2 or L1L2"),
                Arguments.of(
                        MaxPooling2D.of(1, 2).strides(3, 1).padding("same").dataFormat("channels_last"),
                        "`padding` must be valid where strides skip part of the input"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void create_whatDl4jCannotDo_namesLayerAndArgument(Layer layer, String message) {
        Sequential model = Sequential.of(layer).build(6, 6, 2);

        assertThatThrownBy(() -> Networks.create(Engine.DL4J, model, MSE, 1))
                .isInstanceOf(NotSupportedException.class)
                .hasMessageContaining(message);
    }

    @Test
    void train_noSamples_zeros() {
        Sequential model = Sequential.of(Dense.of(2)).build(3);
        try (Network network = Networks.create(Engine.DL4J, model, MSE, 1)) {
            FloatBuffer gradient = direct(8).put(0, new float[] {1, 1, 1, 1, 1, 1, 1, 1});

            BatchSums sums = network.train(new Batch(Tensor.zeros(0, 3), Tensor.zeros(0, 2)), direct(8), gradient, KEY);

            assertThat(sums.samples()).isZero();
            assertThat(sums.loss()).isZero();
            assertThat(floats(gradient)).containsOnly(0);
            assertThat(network.predict(Tensor.zeros(0, 3), direct(8)).shape()).containsExactly(0, 2);
        }
    }

    @Test
    void train_repeated_sameBits() {
        Sequential model =
                Sequential.of(Conv2D.of(3, 3).padding("same"), Dropout.of(0.5)).build(8, 8, 2);
        try (Network network = Networks.create(Engine.DL4J, model, MSE, 2)) {
            int length = network.layout().length();
            FloatBuffer weights = direct(length);
            for (int i = 0; i < length; i++) {
                weights.put(i, i % 7 - 3);
            }
            Tensor x = Tensor.zeros(4, 8, 8, 2);
            for (int i = 0; i < x.size(); i++) {
                x.values()[i] = i % 11 / 7f;
            }
            Batch batch = new Batch(x, Tensor.zeros(4, 8, 8, 3));
            FloatBuffer first = direct(length);
            FloatBuffer second = direct(length);

            network.train(batch, weights, first, KEY);
            network.evaluate(batch, weights);
            network.train(batch, weights, second, KEY);

            assertThat(floats(second)).containsExactly(floats(first));
            network.train(batch, weights, second, new StepKey(1, 0, 1, 0));
            assertThat(floats(second)).isNotEqualTo(floats(first));
        }
    }

    @Test
    void dropout_channelsFirst_keepsItsShareAndScalesIt() {
        Sequential model = Sequential.of(
                        Conv2D.of(2, 1).dataFormat("channels_first").useBias(false),
                        Dropout.of(0.25),
                        Conv2D.of(2, 1).dataFormat("channels_first").useBias(false))
                .build(2, 40, 40);
        try (Network network = Networks.create(Engine.DL4J, model, MSE, 1)) {
            FloatBuffer identities = direct(8).put(0, new float[] {1, 0, 0, 1, 1, 0, 0, 1});
            Tensor ones = Tensor.of(new int[] {1, 2, 40, 40}, filled(3200));

            Network.Pullback pullback = network.pullback(ones, identities, ones, direct(8), KEY);

            float[] kept = pullback.output().values();
            assertThat(kept).containsOnly(0, 4 / 3f);
            long count =
                    IntStream.range(0, kept.length).filter(i -> kept[i] > 0).count();
            assertThat(count).isBetween(2300L, 2500L);
            assertThat(pullback.inputGradient().values()).containsExactly(kept);
        }
    }

    @Test
    void predict_otherShape_namesBoth() {
        Sequential model = Sequential.of(Dense.of(2)).build(3);
        try (Network network = Networks.create(Engine.DL4J, model, MSE, 1)) {
            assertThatThrownBy(() -> network.predict(Tensor.zeros(1, 4), direct(8)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expected shape=(None, 3), found shape=[1, 4]");
        }
    }

    @Test
    void describe_namesEngineAndBackend() {
        assertThat(Networks.describe(Engine.DL4J, 2))
                .isEqualTo("engine DL4J 1.0.0-M2, ND4J CpuBackend with OPENBLAS, 2 thread(s)");
    }

    private static float[] filled(int count) {
        float[] ones = new float[count];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static FloatBuffer direct(int length) {
        return ByteBuffer.allocateDirect(length * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    private static float[] floats(FloatBuffer buffer) {
        float[] values = new float[buffer.limit()];
        buffer.get(0, values);
        return values;
    }
}
