package org.lockstep.executor.step.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lockstep.conf.CompileConf;
import org.lockstep.data.Batch;
import org.lockstep.data.Tensor;
import org.lockstep.layers.ActivationLayer;
import org.lockstep.layers.BatchNormalization;
import org.lockstep.layers.Conv2D;
import org.lockstep.layers.Dense;
import org.lockstep.layers.DepthwiseConv2D;
import org.lockstep.layers.Flatten;
import org.lockstep.layers.GlobalAveragePooling2D;
import org.lockstep.layers.Input;
import org.lockstep.layers.MaxPooling2D;
import org.lockstep.model.Model;
import org.lockstep.model.Sequential;

/** Layers of the dtype policy mixed_bfloat16 against the same in float32. */
class MixedBfloat16Test {

    private static final CompileConf CLASSES = CompileConf.of("sgd", "sparse_categorical_crossentropy", "accuracy");

    @BeforeEach
    void assumeInstructions() {
        assumeTrue(Natives.knows(Numbers.BFLOAT16), "this CPU computes no bfloat16");
    }

    static List<Model> models() {
        return List.of(
                StepTiming.lenet(),
                WholeNetworkTest.everything("channels_last").name("last"),
                WholeNetworkTest.everything("channels_first").name("first"),
                GraphTest.decoder("channels_first"),
                GraphTest.residual(),
                depthwise());
    }

    private static Model depthwise() {
        return Sequential.of(
                        Input.of(16, 16, 3),
                        Conv2D.of(16, 3),
                        DepthwiseConv2D.of(3).strides(2).padding("same"),
                        DepthwiseConv2D.of(3).dilationRate(2),
                        GlobalAveragePooling2D.of(),
                        Dense.of(10).activation("softmax"))
                .name("depthwise");
    }

    /** Numbers of 8 bits: each is off by up to 2⁻⁹ of itself, and those of several layers add up. */
    @ParameterizedTest
    @MethodSource("models")
    void lossAndGradients_areCloseToThoseOfFloat32(Model model) {
        Batch batch = WholeNetworkTest.batch(model, 16, 4);
        try (Bench exact = bench(model);
                Bench mixed = bench(model.dtype("mixed_bfloat16"))) {
            double loss = exact.train(batch).loss();
            assertThat(Math.abs(mixed.train(batch).loss() / loss - 1)).isBetween(1e-7, 0.02);
            assertThat(distance(exact.gradient(), mixed.gradient())).isBetween(1e-4, 0.15);
            assertThat(distance(
                            exact.predict(batch.x()).values(),
                            mixed.predict(batch.x()).values()))
                    .isLessThan(0.05);
        }
    }

    /** Weights of a usual size, so that the gradients are not those of a saturated network. */
    private static Bench bench(Model model) {
        Bench bench = WholeNetworkTest.bench(model, CLASSES, 1);
        for (int i = 0; i < model.layout().trainableLength(); i++) {
            bench.weights().put(i, bench.weights().get(i) * 0.2f);
        }
        return bench;
    }

    /** |a − b| / |a|. */
    private static double distance(float[] a, float[] b) {
        double difference = 0;
        double length = 0;
        for (int i = 0; i < a.length; i++) {
            difference += (double) (a[i] - b[i]) * (a[i] - b[i]);
            length += (double) a[i] * a[i];
        }
        return Math.sqrt(difference / length);
    }

    @Test
    void sameStep_again_andInAnotherThread_givesTheSameBits() throws Exception {
        Sequential model = StepTiming.lenet().dtype("mixed_bfloat16");
        Batch batch = WholeNetworkTest.batch(model, 16, 10);
        ExecutorService other = Executors.newSingleThreadExecutor();
        try (Bench one = bench(model);
                Bench two = bench(model)) {
            one.train(batch);
            float[] gradient = one.gradient();
            one.train(batch);
            assertThat(one.gradient()).isEqualTo(gradient);
            other.submit(() -> two.train(batch)).get();
            assertThat(two.gradient()).isEqualTo(gradient);
        } finally {
            other.shutdownNow();
        }
    }

    @Test
    void output_ofALastLayer_isRoundedTo16Bits() {
        Sequential model = Sequential.of(Dense.of(3).dtype("mixed_bfloat16")).build(5);
        Batch batch = WholeNetworkTest.batch(model, 4, 3);
        try (Bench bench = bench(model)) {
            for (float value : bench.predict(batch.x()).values()) {
                assertThat(Float.floatToRawIntBits(value) & 0xFFFF).isZero();
            }
        }
    }

    @Test
    void layersOfBothPolicies_workTogether() {
        Sequential model = Sequential.of(
                        Conv2D.of(8, 3).activation("relu").dtype("mixed_bfloat16"),
                        MaxPooling2D.of(2),
                        Conv2D.of(8, 3).padding("same").useBias(false).dtype("mixed_bfloat16"),
                        BatchNormalization.of().dtype("mixed_bfloat16"),
                        ActivationLayer.of("relu").dtype("mixed_bfloat16"),
                        Flatten.of(),
                        Dense.of(4).activation("softmax"))
                .build(12, 12, 3);
        Batch batch = WholeNetworkTest.batch(model, 8, 4);
        try (Bench exact = bench(model.dtype("float32"));
                Bench mixed = bench(model)) {
            exact.train(batch);
            mixed.train(batch);
            assertThat(distance(exact.gradient(), mixed.gradient())).isBetween(1e-4, 0.1);
        }
    }

    @Test
    void notANumber_passesThrough() {
        Sequential model =
                Sequential.of(Dense.of(3).activation("softmax")).build(2).dtype("mixed_bfloat16");
        Batch good = WholeNetworkTest.batch(model, 1, 3);
        Batch batch = new Batch(Tensor.of(new int[] {1, 2}, Float.NaN, 1), good.y());
        try (Bench bench = bench(model)) {
            assertThat(bench.train(batch).loss()).isNaN();
        }
    }
}
