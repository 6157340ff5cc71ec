package org.lockstep.executor.step.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.lockstep.executor.step.Near.assertNear;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lockstep.conf.ClusterConf;
import org.lockstep.conf.CompileConf;
import org.lockstep.data.Batch;
import org.lockstep.data.Tensor;
import org.lockstep.executor.step.Networks;
import org.lockstep.executor.step.TrainingStep;
import org.lockstep.keras.NotSupportedException;
import org.lockstep.layers.ActivationLayer;
import org.lockstep.layers.Add;
import org.lockstep.layers.BatchNormalization;
import org.lockstep.layers.Conv2D;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Flatten;
import org.lockstep.layers.GlobalAveragePooling2D;
import org.lockstep.layers.Input;
import org.lockstep.layers.KerasTensor;
import org.lockstep.model.Model;
import org.lockstep.model.Sequential;

/** Shards whose batch normalization is synchronized, together, against one network that has the whole batch. */
class SynchronizedNormalizationTest {

    private static final CompileConf CLASSES = CompileConf.of("sgd", "sparse_categorical_crossentropy", "accuracy");
    private static final int SAMPLES = 9;

    /** The second shard has no samples. */
    private static final int[] CUTS = {0, 4, 4, 5, 9};

    private interface Network {
        Model with(UnaryOperator<BatchNormalization> how);
    }

    private record Named(String name, Network network) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Named> networks() {
        return List.of(
                new Named("channels last", how -> image(how, "channels_last", -1)),
                new Named("channels first", how -> image(how, "channels_first", 1)),
                new Named("blocks of channels", SynchronizedNormalizationTest::blocks),
                new Named("along rows", how -> image(how, "channels_last", 1)),
                new Named("first layer", SynchronizedNormalizationTest::first),
                new Named("residual", SynchronizedNormalizationTest::residual),
                new Named("frozen beside trained", SynchronizedNormalizationTest::frozen));
    }

    private static Model blocks(UnaryOperator<BatchNormalization> how) {
        return Sequential.of(
                        Conv2D.of(16, 3).useBias(false),
                        how.apply(BatchNormalization.of()),
                        ActivationLayer.of("relu"),
                        Conv2D.of(32, 2).useBias(false),
                        how.apply(BatchNormalization.of().center(false)),
                        Flatten.of(),
                        Dense.of(4).activation("softmax"))
                .build(7, 6, 3);
    }

    private static Model image(UnaryOperator<BatchNormalization> how, String format, int axis) {
        int[] sample = format.equals("channels_last") ? new int[] {7, 6, 3} : new int[] {3, 7, 6};
        return Sequential.of(
                        Conv2D.of(8, 3).dataFormat(format).useBias(false),
                        how.apply(BatchNormalization.of().axis(axis)),
                        ActivationLayer.of("relu"),
                        Conv2D.of(16, 2).dataFormat(format),
                        how.apply(BatchNormalization.of().axis(axis).center(false)),
                        ActivationLayer.of("tanh"),
                        Flatten.of(),
                        Dense.of(6),
                        how.apply(BatchNormalization.of().scale(false)),
                        ActivationLayer.of("relu"),
                        Dense.of(4).activation("softmax"))
                .build(sample);
    }

    private static Model first(UnaryOperator<BatchNormalization> how) {
        return Sequential.of(
                        how.apply(BatchNormalization.of().scale(false).center(false)),
                        Dense.of(4).activation("softmax"))
                .build(5);
    }

    private static Model residual(UnaryOperator<BatchNormalization> how) {
        Input image = Input.of(6, 6, 2);
        KerasTensor x = ActivationLayer.of("relu")
                .on(how.apply(BatchNormalization.of())
                        .on(Conv2D.of(4, 3).padding("same").on(image)));
        KerasTensor y = how.apply(BatchNormalization.of())
                .on(Conv2D.of(4, 3).padding("same").on(x));
        KerasTensor sum = ActivationLayer.of("relu").on(Add.of().on(x, y));
        return Model.of(
                image,
                Dense.of(4).activation("softmax").on(GlobalAveragePooling2D.of().on(sum)));
    }

    private static Model frozen(UnaryOperator<BatchNormalization> how) {
        return Sequential.of(
                        Dense.of(6).trainable(false),
                        how.apply(BatchNormalization.of().trainable(false)),
                        Dense.of(5),
                        how.apply(BatchNormalization.of()),
                        Dense.of(4).activation("softmax"))
                .build(5);
    }

    @ParameterizedTest
    @MethodSource("networks")
    void shards_together_giveWhatOneNetworkGives(Named named) {
        Model whole = named.network().with(layer -> layer);
        Model parts = named.network().with(layer -> layer.isSynchronized(true));
        Batch batch = WholeNetworkTest.batch(whole, SAMPLES, 4);
        try (Bench one = WholeNetworkTest.bench(whole, CLASSES, 1)) {
            double loss = one.train(batch).loss();
            Sums together = together(parts, batch, one.weights(), CUTS);
            assertNear("loss", together.loss(), loss);
            assertNear("gradient", together.gradient(), one.gradient());
        }
    }

    @ParameterizedTest
    @MethodSource("networks")
    void oneShard_alone_givesWhatItGivesWithItself(Named named) {
        Model whole = named.network().with(layer -> layer.isSynchronized(true));
        Batch batch = WholeNetworkTest.batch(whole, SAMPLES, 4);
        try (Bench alone = WholeNetworkTest.bench(whole, CLASSES, 1)) {
            double loss = alone.train(batch).loss();
            Sums together = together(whole, batch, alone.weights(), new int[] {0, SAMPLES});
            assertThat(together.loss()).isEqualTo(loss);
            assertThat(together.gradient()).isEqualTo(alone.gradient());
        }
    }

    @Test
    void shards_withoutMeeting_wouldGiveOther() {
        Named named = networks().get(0);
        Model apart = named.network().with(layer -> layer);
        Batch batch = WholeNetworkTest.batch(apart, SAMPLES, 4);
        try (Bench one = WholeNetworkTest.bench(apart, CLASSES, 1)) {
            double loss = one.train(batch).loss();
            assertThat(Math.abs(together(apart, batch, one.weights(), CUTS).loss() / loss - 1))
                    .isGreaterThan(1e-3);
        }
    }

    @Test
    void shards_inBfloat16_areCloseToOneNetwork() {
        assumeTrue(Natives.knows(Numbers.BFLOAT16), "this CPU computes no bfloat16");
        Named named = networks().get(0);
        Model whole = named.network().with(layer -> layer).dtype("mixed_bfloat16");
        Model parts = named.network().with(layer -> layer.isSynchronized(true)).dtype("mixed_bfloat16");
        Batch batch = WholeNetworkTest.batch(whole, SAMPLES, 4);
        try (Bench one = WholeNetworkTest.bench(whole, CLASSES, 1)) {
            double loss = one.train(batch).loss();
            Sums together = together(parts, batch, one.weights(), CUTS);
            assertThat(together.loss()).isBetween(0.98 * loss, 1.02 * loss);
            assertThat(distance(one.gradient(), together.gradient())).isLessThan(0.05);
        }
    }

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
    void inference_isThatOfAnyBatchNormalization() {
        Named named = networks().get(0);
        Model whole = named.network().with(layer -> layer);
        Batch batch = WholeNetworkTest.batch(whole, SAMPLES, 4);
        try (Bench one = WholeNetworkTest.bench(whole, CLASSES, 1);
                Bench other =
                        WholeNetworkTest.bench(named.network().with(layer -> layer.isSynchronized(true)), CLASSES, 1)) {
            assertThat(other.predict(batch.x())).isEqualTo(one.predict(batch.x()));
            assertThat(other.evaluate(batch).loss())
                    .isEqualTo(one.evaluate(batch).loss());
        }
    }

    @Test
    void dl4j_refusesIt() {
        Model model = networks().get(0).network().with(layer -> layer.isSynchronized(true));
        assertThatThrownBy(() -> Networks.create(ClusterConf.Engine.DL4J, model, CLASSES, 1))
                .isInstanceOf(NotSupportedException.class)
                .hasMessageContainingAll("synchronized", "must be False");
    }

    private record Sums(double loss, float[] gradient) {}

    /** A network for each part of the batch; all go from pause to pause, with sums over all. */
    private static Sums together(Model model, Batch batch, FloatBuffer weights, int[] cuts) {
        List<OnednnNetwork> networks = new ArrayList<>();
        List<TrainingStep> steps = new ArrayList<>();
        List<FloatBuffer> gradients = new ArrayList<>();
        try {
            for (int i = 1; i < cuts.length; i++) {
                OnednnNetwork network = new OnednnNetwork(model, CLASSES, 1);
                networks.add(network);
                gradients.add(Bench.direct(model.layout().gradientLength()));
                steps.add(network.begin(rows(batch, cuts[i - 1], cuts[i]), weights, gradients.get(i - 1), Bench.KEY));
            }
            for (int length : networks.get(0).pauses()) {
                meet(steps, length);
            }
            double loss = 0;
            float[] sum = new float[model.layout().gradientLength()];
            for (int i = 0; i < steps.size(); i++) {
                assertThat(steps.get(i).advance()).isNull();
                loss += steps.get(i).sums().loss();
                for (int k = 0; k < sum.length; k++) {
                    sum[k] += gradients.get(i).get(k);
                }
            }
            return new Sums(loss, sum);
        } finally {
            networks.forEach(OnednnNetwork::close);
        }
    }

    private static void meet(List<TrainingStep> steps, int length) {
        List<double[]> numbers = new ArrayList<>();
        double[] sum = new double[length];
        for (TrainingStep step : steps) {
            double[] own = step.advance();
            assertThat(own).hasSize(length);
            numbers.add(own);
            for (int i = 0; i < length; i++) {
                sum[i] += own[i];
            }
        }
        numbers.forEach(own -> System.arraycopy(sum, 0, own, 0, length));
    }

    private static Batch rows(Batch batch, int from, int to) {
        Tensor weight = Objects.requireNonNull(batch.sampleWeight());
        return new Batch(batch.x().rows(from, to), batch.y().rows(from, to), weight.rows(from, to));
    }
}
