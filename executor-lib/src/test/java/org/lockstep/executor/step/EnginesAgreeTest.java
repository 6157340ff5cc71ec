package org.lockstep.executor.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lockstep.executor.step.Near.assertNear;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.lockstep.conf.ClusterConf.Engine;
import org.lockstep.data.Batch;
import org.lockstep.data.Tensor;
import org.lockstep.layers.Shape;
import org.lockstep.model.WeightLayout;

/** The same models, weights and batches on both engines. */
class EnginesAgreeTest {

    private static final int SAMPLES = 5;
    private static final StepKey KEY = new StepKey(11, 2, 3, 1);

    static List<SmallModels.Compiled> models() {
        return SmallModels.all();
    }

    @ParameterizedTest
    @MethodSource("models")
    void train_sameLossMetricsAndGradient(SmallModels.Compiled model) {
        try (Network first = network(Engine.ONEDNN, model);
                Network second = network(Engine.DL4J, model)) {
            FloatBuffer weights = weights(first.layout());
            Batch batch = batch(model);
            FloatBuffer expected = direct(first.layout().gradientLength());
            FloatBuffer gradient = direct(first.layout().gradientLength());

            BatchSums reference = first.train(batch, weights, expected, KEY);
            BatchSums sums = second.train(batch, weights, gradient, KEY);

            assertSums(sums, reference);
            assertGradient(first.layout(), gradient, expected);
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void evaluateAndPredict_same(SmallModels.Compiled model) {
        try (Network first = network(Engine.ONEDNN, model);
                Network second = network(Engine.DL4J, model)) {
            FloatBuffer weights = weights(first.layout());
            Batch batch = batch(model);

            assertSums(second.evaluate(batch, weights), first.evaluate(batch, weights));
            assertNear("predictions", second.predict(batch.x(), weights), first.predict(batch.x(), weights));
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void pullback_sameOutputAndGradients(SmallModels.Compiled model) {
        try (Network first = network(Engine.ONEDNN, model);
                Network second = network(Engine.DL4J, model)) {
            FloatBuffer weights = weights(first.layout());
            Tensor x = batch(model).x();
            Tensor outputGradient = normal(9, model.model().outputShape());
            FloatBuffer expected = direct(first.layout().gradientLength());
            FloatBuffer gradient = direct(first.layout().gradientLength());

            Network.Pullback reference = first.pullback(x, weights, outputGradient, expected, KEY);
            Network.Pullback pullback = second.pullback(x, weights, outputGradient, gradient, KEY);

            assertNear("output", pullback.output(), reference.output());
            assertClose(
                    "input",
                    pullback.inputGradient().values(),
                    reference.inputGradient().values(),
                    0);
            assertGradient(first.layout(), gradient, expected);
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void vectorsAtAPosition_areReadAndWrittenFromThere(Engine engine) {
        SmallModels.Compiled model = models().get(0);
        try (Network network = network(engine, model)) {
            WeightLayout layout = network.layout();
            FloatBuffer weights = weights(layout);
            FloatBuffer gradient = direct(layout.gradientLength());
            BatchSums sums = network.train(batch(model), weights, gradient, KEY);

            FloatBuffer behind = direct(3 + layout.length()).position(3);
            behind.put(3, weights, 0, layout.length());
            FloatBuffer found = direct(5 + layout.gradientLength()).position(5);
            assertSums(network.train(batch(model), behind, found, KEY), sums);

            assertThat(found).isEqualTo(gradient);
            assertThat(found.get(4)).isZero();
        }
    }

    private static Network network(Engine engine, SmallModels.Compiled model) {
        return Networks.create(engine, model.model(), model.conf(), 1);
    }

    private static void assertSums(BatchSums actual, BatchSums expected) {
        assertThat(actual.samples()).isEqualTo(expected.samples());
        assertThat(Math.abs(actual.loss() - expected.loss()))
                .as("loss %s instead of %s", actual.loss(), expected.loss())
                .isLessThanOrEqualTo(1e-5 * Math.abs(expected.loss()));
        assertThat(actual.metrics()).containsExactly(expected.metrics());
    }

    private static void assertGradient(WeightLayout layout, FloatBuffer actual, FloatBuffer expected) {
        float[] all = new float[layout.gradientLength()];
        expected.get(0, all);
        double rounding = 1e-6 * largest(all);
        for (WeightLayout.Slot slot : layout.slots()) {
            if (slot.offset() < layout.gradientLength()) {
                float[] own = new float[slot.size()];
                float[] reference = new float[slot.size()];
                actual.get(slot.offset(), own);
                expected.get(slot.offset(), reference);
                assertClose(slot.path(), own, reference, rounding);
            }
        }
    }

    /** Within 1e-4 of the largest number, and rounding: a bias before a normalisation has gradient 0. */
    private static void assertClose(String what, float[] actual, float[] expected, double rounding) {
        double tolerance = 1e-4 * largest(expected) + rounding;
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < expected.length; i++) {
            if (!(Math.abs(actual[i] - expected[i]) <= tolerance)) {
                wrong.add("%s[%d]: %s instead of %s".formatted(what, i, actual[i], expected[i]));
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static double largest(float[] values) {
        double largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    /** Normal numbers; moving variances and gammas about 1. */
    private static FloatBuffer weights(WeightLayout layout) {
        FloatBuffer weights = direct(layout.length());
        Random random = new Random(5);
        for (WeightLayout.Slot slot : layout.slots()) {
            String name = slot.variable().name();
            boolean positive = name.equals("moving_variance") || name.equals("gamma");
            for (int i = 0; i < slot.size(); i++) {
                weights.put(slot.offset() + i, (float)
                        (positive ? 0.5 + random.nextDouble() : random.nextGaussian() * 0.3));
            }
        }
        return weights;
    }

    private static Batch batch(SmallModels.Compiled model) {
        Tensor x = normal(3, model.model().inputShape());
        Tensor y = model.targets(SAMPLES);
        Tensor weights = model.weighted() ? Tensor.of(new int[] {SAMPLES}, 1, 0, 2.5f, 0.5f, 1) : null;
        return new Batch(x, y, weights);
    }

    private static Tensor normal(long seed, Shape shape) {
        Shape batch = shape.with(0, SAMPLES);
        Random random = new Random(seed);
        Tensor tensor = Tensor.zeros(batch.dimensions());
        for (int i = 0; i < tensor.size(); i++) {
            tensor.values()[i] = (float) random.nextGaussian();
        }
        return tensor;
    }

    private static FloatBuffer direct(int floats) {
        return ByteBuffer.allocateDirect(floats * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }
}
