package org.lockstep.executor.step.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lockstep.executor.step.Near.assertNear;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.CRC32;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lockstep.conf.CompileConf;
import org.lockstep.data.Batch;
import org.lockstep.data.Tensor;
import org.lockstep.executor.step.BatchSums;
import org.lockstep.executor.step.Network;
import org.lockstep.executor.step.StepKey;
import org.lockstep.keras.NotSupportedException;
import org.lockstep.layers.ActivationLayer;
import org.lockstep.layers.AveragePooling2D;
import org.lockstep.layers.BatchNormalization;
import org.lockstep.layers.Conv2D;
import org.lockstep.layers.Conv2DTranspose;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Dropout;
import org.lockstep.layers.Flatten;
import org.lockstep.layers.GlobalAveragePooling2D;
import org.lockstep.layers.Input;
import org.lockstep.layers.MaxPooling2D;
import org.lockstep.layers.PReLU;
import org.lockstep.layers.SpatialDropout2D;
import org.lockstep.losses.BinaryCrossentropy;
import org.lockstep.losses.CategoricalCrossentropy;
import org.lockstep.model.Model;
import org.lockstep.model.Sequential;
import org.lockstep.model.WeightLayout;
import org.lockstep.optimizers.Optimizer;
import org.lockstep.regularizers.L1L2;

/** Networks of many layers: gradients against differences of their own losses, and what must not change the bits. */
class WholeNetworkTest {

    private static final CompileConf CLASSES = CompileConf.of("sgd", "sparse_categorical_crossentropy", "accuracy");

    /** Everything at once; smooth activations before the differences are taken. */
    static Sequential everything(String format) {
        int[] sample = format.equals("channels_last") ? new int[] {9, 8, 3} : new int[] {3, 9, 8};
        int axis = format.equals("channels_last") ? -1 : 1;
        return Sequential.of(
                        Conv2D.of(6, 3)
                                .padding("same")
                                .dataFormat(format)
                                .activation("tanh")
                                .activityRegularizer(L1L2.of(0, 0.01)),
                        BatchNormalization.of().axis(axis),
                        Conv2D.of(8, 2, 3)
                                .strides(2, 1)
                                .padding("same")
                                .groups(2)
                                .useBias(false)
                                .dataFormat(format)
                                .activation("gelu"),
                        Dropout.of(0.25),
                        AveragePooling2D.of(2).padding("same").dataFormat(format),
                        Conv2D.of(4, 2).dilationRate(1, 2).dataFormat(format).activation("softmax"),
                        BatchNormalization.of().axis(2).scale(false),
                        ActivationLayer.of("selu"),
                        Flatten.of().dataFormat(format),
                        Dropout.of(0.5).noiseShape(null, 1),
                        Dense.of(6).activation("glu"),
                        BatchNormalization.of().center(false).trainable(false),
                        Dense.of(5).trainable(false).activation("softplus"),
                        Dense.of(4).activation("softmax"))
                .build(sample);
    }

    static Batch batch(Model model, int samples, int classes) {
        int[] shape = model.inputShape().with(0, samples).dimensions();
        int size = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        float[] labels = new float[samples];
        float[] weights = new float[samples];
        for (int i = 0; i < samples; i++) {
            labels[i] = (i * 7 + 1) % classes;
            weights[i] = 0.5f + i % 3;
        }
        return new Batch(
                Tensor.of(shape, Bench.normal(5, size, 1)),
                Tensor.of(new int[] {samples}, labels),
                Tensor.of(new int[] {samples}, weights));
    }

    /** Random weights, except that variances are positive. */
    static Bench bench(Model model, CompileConf conf, int threads) {
        Bench bench = new Bench(model, conf, threads).randomWeights(3, 0.5);
        for (WeightLayout.Slot slot : model.layout().slots()) {
            if (slot.variable().name().equals("moving_variance")) {
                for (int i = slot.offset(); i < slot.offset() + slot.size(); i++) {
                    bench.weights().put(i, 1 + Math.abs(bench.weights().get(i)));
                }
            }
        }
        return bench;
    }

    @ParameterizedTest
    @ValueSource(strings = {"channels_last", "channels_first"})
    void gradient_isTheDifferenceOfLosses(String format) {
        Sequential model = everything(format);
        Batch batch = batch(model, 5, 4);
        try (Bench bench = bench(model, CLASSES, 1)) {
            bench.train(batch);
            float[] gradient = bench.gradient();
            float h = 2e-3f;
            int length = model.layout().trainableLength();
            double largest = 0;
            for (int i = 0; i < length; i++) {
                largest = Math.max(largest, Math.abs(gradient[i]));
            }
            for (int i = 0; i < length; i++) {
                float weight = bench.weights().get(i);
                bench.weights().put(i, weight + h);
                double above = bench.train(batch).loss();
                bench.weights().put(i, weight - h);
                double below = bench.train(batch).loss();
                bench.weights().put(i, weight);
                assertThat(gradient[i])
                        .as("weight %d", i)
                        .isCloseTo((float) ((above - below) / (2 * h)), Offset.offset((float) (2e-3 * (1 + largest))));
            }
        }
    }

    @Test
    void bothDataFormats_ofOneNetwork_giveTheSame() {
        assertSame(
                formatted("channels_last").build(9, 8, 3),
                formatted("channels_first").build(3, 9, 8));
        assertSame(ofBlocks().get(0), ofBlocks().get(1));
    }

    private static void assertSame(Sequential last, Sequential first) {
        Batch batch = batch(last, 4, 4);
        float[] x = batch.x().values();
        float[] moved = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            int sample = i / 216;
            int cell = i % 216 / 3;
            moved[sample * 216 + i % 3 * 72 + cell] = x[i];
        }
        Batch other = new Batch(Tensor.of(new int[] {4, 3, 9, 8}, moved), batch.y(), batch.sampleWeight());
        try (Bench a = bench(last, CLASSES, 1);
                Bench b = bench(first, CLASSES, 1)) {
            assertNear("loss", a.train(batch).loss(), b.train(other).loss());
            assertNear("gradient", a.gradient(), b.gradient());
            assertNear("prediction", a.predict(batch.x()), b.predict(other.x()));
        }
    }

    /** One network in both data formats, whose convolutions fill blocks of channels. */
    static List<Sequential> ofBlocks() {
        return List.of(
                blocks("channels_last").build(9, 8, 3), blocks("channels_first").build(3, 9, 8));
    }

    private static Sequential blocks(String format) {
        return Sequential.of(
                Conv2D.of(16, 3).dataFormat(format).activation("relu"),
                BatchNormalization.of().axis(format.equals("channels_last") ? -1 : 1),
                MaxPooling2D.of().padding("same").dataFormat(format),
                Dropout.of(0.25),
                Conv2D.of(48, 2).dataFormat(format).activation("elu"),
                AveragePooling2D.of(2, 1).dataFormat(format),
                Flatten.of().dataFormat(format),
                Dense.of(4).activation("softmax"));
    }

    private static Sequential formatted(String format) {
        return Sequential.of(
                Conv2D.of(6, 3).dataFormat(format).activation("relu"),
                BatchNormalization.of().axis(format.equals("channels_last") ? -1 : 1),
                MaxPooling2D.of().padding("same").dataFormat(format),
                Conv2D.of(5, 2).dataFormat(format).activation("elu"),
                GlobalAveragePooling2D.of().dataFormat(format).keepdims(true),
                Flatten.of().dataFormat(format),
                Dense.of(4).activation("softmax"));
    }

    @Test
    void sameThreadCount_aloneOrBesideOthers_givesTheSameBits() throws Exception {
        Sequential model = StepTiming.lenet();
        Batch batch = batch(model, 16, 10);
        List<Long> sums = new ArrayList<>();
        sums.add(checksum(model, batch, 1));
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            List<Future<Long>> others = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                others.add(pool.submit(() -> checksum(model, batch, 1)));
            }
            for (Future<Long> other : others) {
                sums.add(other.get());
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(sums).containsOnly(sums.get(0));
    }

    private static long checksum(Sequential model, Batch batch, int threads) {
        CRC32 crc = new CRC32();
        try (Bench bench = bench(model, CLASSES, threads)) {
            for (int step = 0; step < 3; step++) {
                bench.train(batch);
                for (float number : bench.gradient()) {
                    int bits = Float.floatToRawIntBits(number);
                    crc.update(bits);
                    crc.update(bits >>> 8);
                    crc.update(bits >>> 16);
                    crc.update(bits >>> 24);
                }
            }
        }
        return crc.getValue();
    }

    @Test
    void threads_areThoseAskedFor() {
        try (Bench bench = bench(everything("channels_last"), CLASSES, 2)) {
            bench.train(batch(everything("channels_last"), 2, 4));
            assertThat(OpenMp.threads()).isEqualTo(2);
        }
        try (Bench bench = bench(everything("channels_last"), CLASSES, 1)) {
            bench.train(batch(everything("channels_last"), 2, 4));
            assertThat(OpenMp.threads()).isEqualTo(1);
        }
    }

    @Test
    void network_madeInOneThread_runsInAnother() throws Exception {
        Sequential model = StepTiming.lenet();
        Batch batch = batch(model, 8, 10);
        ExecutorService other = Executors.newSingleThreadExecutor();
        try (Bench bench = bench(model, CLASSES, 1)) {
            double here = bench.train(batch).loss();
            float[] gradient = bench.gradient();
            double there = other.submit(() -> bench.train(batch).loss()).get();
            assertThat(there).isEqualTo(here);
            assertThat(bench.gradient()).isEqualTo(gradient);
        } finally {
            other.shutdownNow();
        }
    }

    @Test
    void batchesOfManySizes_areSumsOfTheirSamples() {
        Sequential model = Sequential.of(
                        Conv2D.of(6, 3).activation("relu"),
                        MaxPooling2D.of().padding("same"),
                        Conv2DTranspose.of(5, 3).strides(2),
                        PReLU.of(),
                        Flatten.of(),
                        Dense.of(4).activation("softmax"))
                .build(9, 8, 3);
        Batch whole = batch(model, 7, 4);
        try (Bench bench = bench(model, CLASSES, 1)) {
            BatchSums sums = bench.train(whole);
            float[] gradient = bench.gradient();
            double loss = 0;
            double[] total = new double[gradient.length];
            int[] cuts = {0, 1, 3, 3, 7, 7};
            for (int i = 1; i < cuts.length; i++) {
                loss += bench.train(rows(whole, cuts[i - 1], cuts[i])).loss();
                float[] part = bench.gradient();
                for (int k = 0; k < total.length; k++) {
                    total[k] += part[k];
                }
            }
            assertThat(sums.samples()).isEqualTo(7);
            assertNear("loss", loss, sums.loss());
            double largest = 0;
            double worst = 0;
            for (int k = 0; k < total.length; k++) {
                largest = Math.max(largest, Math.abs(total[k]));
                worst = Math.max(worst, Math.abs(gradient[k] - total[k]));
            }
            assertThat(worst).isLessThan(1e-5 * largest);
            BatchSums evaluated = bench.evaluate(whole);
            assertNear("evaluation", evaluated.loss(), sums.loss());
            assertThat(evaluated.metrics()).isEqualTo(sums.metrics());
            assertThat(evaluated.metrics()[1]).isEqualTo(7);
            for (int samples = 1; samples < 8; samples++) {
                assertThat(bench.predict(whole.x().rows(0, samples)).shape()).containsExactly(samples, 4);
            }
        }
    }

    private static Batch rows(Batch batch, int from, int to) {
        Tensor weights = batch.sampleWeight();
        return new Batch(
                batch.x().rows(from, to), batch.y().rows(from, to), weights == null ? null : weights.rows(from, to));
    }

    @Test
    void noSamples_giveZeros() {
        Sequential model = everything("channels_last");
        try (Bench bench = bench(model, CLASSES, 1)) {
            bench.train(batch(model, 3, 4));
            BatchSums sums = bench.train(rows(batch(model, 3, 4), 0, 0));
            assertThat(bench.gradient()).containsOnly(0);
            assertThat(sums.samples()).isZero();
            assertThat(sums.loss()).isZero();
            assertThat(sums.metrics()).containsExactly(0, 0);
            assertThat(bench.predict(Tensor.zeros(0, 9, 8, 3)).shape()).containsExactly(0, 4);
        }
    }

    @Test
    void dropout_dependsOnTheKeyAndNothingElse() {
        Sequential model =
                Sequential.of(Dropout.of(0.4), ActivationLayer.of("linear")).build(1000);
        float[] ones = new float[3000];
        Arrays.fill(ones, 1);
        Tensor x = Tensor.of(new int[] {3, 1000}, ones);
        try (Bench bench = new Bench(model)) {
            float[] y = bench.pullback(x, x).output().values();
            assertThat(bench.pullback(x, x).output().values()).isEqualTo(y);
            assertThat(bench.pullback(x, x).inputGradient().values()).isEqualTo(y);
            assertThat(bench.predict(x)).isEqualTo(x);
            int kept = 0;
            for (float value : y) {
                assertThat(value).isIn(0f, (float) (1 / 0.6));
                kept += value > 0 ? 1 : 0;
            }
            assertThat(kept).isBetween(1700, 1900);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"channels_last", "channels_first"})
    void spatialDropout_dropsWholeChannels(String format) {
        boolean last = format.equals("channels_last");
        int channels = 40;
        int pixels = 6;
        Sequential model = Sequential.of(
                last ? Input.of(2, 3, channels) : Input.of(channels, 2, 3),
                SpatialDropout2D.of(0.4).dataFormat(format));
        int[] shape = model.inputShape().with(0, 50).dimensions();
        float[] ones = new float[50 * channels * pixels];
        Arrays.fill(ones, 1);
        Tensor x = Tensor.of(shape, ones);
        try (Bench bench = new Bench(model)) {
            Network.Pullback pullback = bench.pullback(x, x);
            float[] y = pullback.output().values();

            assertThat(pullback.inputGradient().values()).isEqualTo(y);
            assertThat(bench.predict(x)).isEqualTo(x);
            int kept = 0;
            for (int i = 0; i < y.length; i++) {
                int image = i / (channels * pixels);
                int within = i % (channels * pixels);
                int first = last ? within % channels : within / pixels * pixels;
                assertThat(y[i]).isEqualTo(y[image * channels * pixels + first]).isIn(0f, (float) (1 / 0.6));
                kept += y[i] > 0 ? 1 : 0;
            }
            assertThat(kept / pixels).isBetween(1100, 1300);
        }
    }

    @Test
    void dropout_ofAnotherStepOrShardOrLayer_isAnother() {
        Sequential model = Sequential.of(Dense.of(1).useBias(false), Dropout.of(0.5), Dense.of(1))
                .build(1);
        Batch batch = batch(model, 64, 2);
        try (Bench bench = bench(model, CompileConf.of("sgd", "mse"), 1)) {
            double loss = bench.train(batch, new StepKey(1, 0, 0, 0)).loss();
            assertThat(bench.train(batch, new StepKey(1, 0, 0, 0)).loss()).isEqualTo(loss);
            assertThat(bench.train(batch, new StepKey(2, 0, 0, 0)).loss()).isNotEqualTo(loss);
            assertThat(bench.train(batch, new StepKey(1, 1, 0, 0)).loss()).isNotEqualTo(loss);
            assertThat(bench.train(batch, new StepKey(1, 0, 1, 0)).loss()).isNotEqualTo(loss);
            assertThat(bench.train(batch, new StepKey(1, 0, 0, 1)).loss()).isNotEqualTo(loss);
        }
    }

    @Test
    void saturatedSoftmax_stillLearns() {
        Sequential model =
                Sequential.of(Dense.of(2).useBias(false).activation("softmax")).build(1);
        Batch batch = new Batch(Tensor.of(new int[] {1, 1}, 1), Tensor.of(new int[] {1, 2}, 1, 0));
        CompileConf conf = CompileConf.of(Optimizer.of("sgd"), CategoricalCrossentropy.of());
        try (Bench bench = new Bench(model, conf)) {
            bench.weights().put(0, new float[] {-100, 100});
            assertNear("loss", bench.train(batch).loss(), 200);
            assertNear("gradient", bench.gradient(), new float[] {-1, 1});
            assertNear("evaluation", bench.evaluate(batch).loss(), 200);
        }
    }

    @Test
    void saturatedSigmoid_stillLearns() {
        Sequential model = Sequential.of(Dense.of(1).useBias(false), ActivationLayer.of("sigmoid"))
                .build(1);
        Batch batch = new Batch(Tensor.of(new int[] {1, 1}, 1), Tensor.of(new int[] {1}, 1));
        CompileConf conf = CompileConf.of(Optimizer.of("sgd"), BinaryCrossentropy.of(), "accuracy");
        try (Bench bench = new Bench(model, conf)) {
            bench.weights().put(0, -50);
            assertNear("loss", bench.train(batch).loss(), 50);
            assertNear("gradient", bench.gradient(), new float[] {-1});
            assertThat(bench.evaluate(batch).metrics()).containsExactly(0, 1);
        }
    }

    @Test
    void activityPenaltyOfTheLastLayer_andItsLoss_bothReachTheWeights() {
        Sequential model = Sequential.of(Dense.of(3).activation("softmax").activityRegularizer(L1L2.of(0.1, 0.2)))
                .build(2);
        Batch batch = batch(model, 4, 3);
        try (Bench bench = bench(model, CLASSES, 1)) {
            bench.train(batch);
            float[] gradient = bench.gradient();
            for (int i = 0; i < gradient.length; i++) {
                float weight = bench.weights().get(i);
                bench.weights().put(i, weight + 1e-2f);
                double above = bench.train(batch).loss();
                bench.weights().put(i, weight - 1e-2f);
                double below = bench.train(batch).loss();
                bench.weights().put(i, weight);
                assertThat((double) gradient[i]).isCloseTo((above - below) / 2e-2, Offset.offset(1e-2));
            }
        }
    }

    @Test
    void notANumber_passesThrough() {
        Sequential model = Sequential.of(Dense.of(3).activation("softmax")).build(2);
        Batch good = batch(model, 1, 3);
        Batch batch = new Batch(Tensor.of(new int[] {1, 2}, Float.NaN, 1), good.y());
        try (Bench bench = bench(model, CLASSES, 1)) {
            assertThat(bench.train(batch).loss()).isNaN();
        }
    }

    @Test
    void penaltyThatIsNoSumOverSamples_isRefusedAtOnce() {
        Sequential model = Sequential.of(Dense.of(3).activityRegularizer("orthogonal_regularizer"))
                .build(2);
        assertThatThrownBy(() -> new Bench(model))
                .isInstanceOf(NotSupportedException.class)
                .hasMessage("Cannot use OrthogonalRegularizer as `activity_regularizer`: it is not a sum over samples");
    }

    @Test
    void wrongInput_isRefused() {
        Sequential model = Sequential.of(Dense.of(3)).build(2);
        try (Bench bench = new Bench(model)) {
            assertThatThrownBy(() -> bench.predict(Tensor.zeros(1, 5)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Input 0 of layer \"sequential\" is incompatible with the layer: "
                            + "expected shape=(None, 2), found shape=(1, 5)");
        }
    }
}
