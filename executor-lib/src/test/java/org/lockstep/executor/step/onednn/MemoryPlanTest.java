package org.lockstep.executor.step.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.FloatBuffer;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lockstep.conf.CompileConf;
import org.lockstep.data.Batch;
import org.lockstep.data.Tensor;
import org.lockstep.executor.step.MemoryUse;
import org.lockstep.executor.step.loss.LastActivation;
import org.lockstep.executor.step.loss.Objective;
import org.lockstep.layers.ActivationLayer;
import org.lockstep.layers.BatchNormalization;
import org.lockstep.layers.Conv2D;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Dropout;
import org.lockstep.layers.Flatten;
import org.lockstep.layers.MaxPooling2D;
import org.lockstep.model.Model;
import org.lockstep.model.Sequential;

/** Memory that a network takes: shared between tensors without changing a bit, bounded, and little on the heap. */
class MemoryPlanTest {

    private static final CompileConf CLASSES = CompileConf.of("sgd", "sparse_categorical_crossentropy", "accuracy");

    static List<Model> models() {
        return List.of(
                WholeNetworkTest.everything("channels_last").name("last"),
                WholeNetworkTest.everything("channels_first").name("first"),
                StepTiming.lenet(),
                blocks(),
                GraphTest.decoder("channels_first"),
                GraphTest.residual());
    }

    private static Sequential blocks() {
        return Sequential.of(
                Conv2D.of(16, 3).padding("same").useBias(false).inputShape(32, 32, 3),
                BatchNormalization.of(),
                ActivationLayer.of("relu"),
                Conv2D.of(16, 3).padding("same").activation("relu"),
                BatchNormalization.of(),
                MaxPooling2D.of(),
                Dropout.of(0.3),
                Flatten.of(),
                Dense.of(10).activation("softmax"));
    }

    @ParameterizedTest
    @MethodSource("models")
    void sharedMemory_givesTheSameBitsInLess(Model model) {
        Batch batch = WholeNetworkTest.batch(model, 6, 4);
        Objective objective = Objective.of(CLASSES, LastActivation.of(model));
        try (Bench bench = WholeNetworkTest.bench(model, CLASSES, 1)) {
            sameBits(model, batch, objective, bench.weights(), 1);
            sameBits(model, batch, objective, bench.weights(), 2);
        }
    }

    private static void sameBits(Model model, Batch batch, Objective objective, FloatBuffer weights, int threads) {
        OpenMp.setThreads(threads);
        try {
            for (Mode mode : Mode.values()) {
                try (Program alone = new Program(model, objective, 6, mode, false);
                        Program shared = new Program(model, objective, 6, mode, true)) {
                    assertThat(results(shared, mode, model, batch, weights))
                            .isEqualTo(results(alone, mode, model, batch, weights));
                    assertThat(alone.bytes()).isEqualTo(alone.unsharedBytes());
                    assertThat(shared.unsharedBytes()).isEqualTo(alone.bytes());
                    assertThat(shared.bytes()).isLessThan(alone.bytes() + (threads > 1 ? 1 : 0));
                }
            }
        } finally {
            OpenMp.setThreads(1);
        }
    }

    @Test
    void severalThreads_shareLessMemory_whileItIsLittle() {
        Sequential model = StepTiming.lenet();
        assertThat(bytes(model, 16, 2)).isGreaterThan(bytes(model, 16, 1)).isLessThan(16L << 20);
        // Each thread has room of its own for oneDNN's scratch.
        assertThat(bytes(model, 256, 2)).isLessThan(bytes(model, 256, 1) * 11 / 10);
    }

    private static long bytes(Model model, int samples, int threads) {
        try (Bench bench = WholeNetworkTest.bench(model, CLASSES, threads)) {
            return bench.memory(samples).trainingBytes();
        }
    }

    /** All numbers of a second run, so that the first has left its own everywhere. */
    private static List<Object> results(Program program, Mode mode, Model model, Batch batch, FloatBuffer weights) {
        FloatBuffer gradient = Bench.direct(model.layout().gradientLength());
        List<Object> results = List.of();
        for (int run = 0; run < 2; run++) {
            results = switch (mode) {
                case INFERENCE ->
                    List.of(
                            program.predict(batch.x(), weights),
                            program.evaluate(batch, weights).loss());
                case TRAINING ->
                    List.of(program.train(batch, weights, gradient, Bench.KEY).loss());
                case PULLBACK -> {
                    int[] shape = model.outputShape().with(0, 6).dimensions();
                    Tensor slopes = Tensor.of(shape, Bench.normal(8, shape[0] * shape[1], 1));
                    var pullback = program.pullback(batch.x(), weights, slopes, gradient, Bench.KEY);
                    yield List.of(pullback.output(), pullback.inputGradient());
                }
            };
        }
        float[] slopes = new float[gradient.limit()];
        gradient.get(0, slopes);
        return List.of(results, Tensor.of(new int[] {slopes.length}, slopes));
    }

    @Test
    void batchesOfManySizes_leaveNoMemoryBehind() {
        Sequential model = blocks();
        try (Bench bench = WholeNetworkTest.bench(model, CLASSES, 1)) {
            everySize(bench, model);
            long before = Pointer.physicalBytes();
            for (int round = 0; round < 4; round++) {
                everySize(bench, model);
            }
            // One round's programs have over 300 MB.
            assertThat(Pointer.physicalBytes() - before).isLessThan(100L << 20);
        }
    }

    private static void everySize(Bench bench, Sequential model) {
        for (int samples = 1; samples <= 24; samples++) {
            Batch batch = WholeNetworkTest.batch(model, samples, 10);
            bench.train(batch);
            bench.evaluate(batch);
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void trainingStep_allocatesLittle(Model model) {
        Batch batch = WholeNetworkTest.batch(model, 64, 4);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        try (Bench bench = WholeNetworkTest.bench(model, CLASSES, 1)) {
            bench.train(batch);
            int steps = 10;
            long before = threads.getThreadAllocatedBytes(thread);
            for (int step = 0; step < steps; step++) {
                bench.train(batch);
            }
            assertThat((threads.getThreadAllocatedBytes(thread) - before) / steps)
                    .isLessThan(64 << 10);
        }
    }

    @Test
    void memory_isWhatTheProgramsHold() {
        Sequential model = StepTiming.lenet();
        Objective objective = Objective.of(CLASSES, LastActivation.of(model));
        try (Bench bench = WholeNetworkTest.bench(model, CLASSES, 1)) {
            MemoryUse use = bench.memory(32);
            OpenMp.setThreads(1);
            try (Program training = new Program(model, objective, 32, Mode.TRAINING);
                    Program inference = new Program(model, objective, 32, Mode.INFERENCE)) {
                assertThat(use).isEqualTo(new MemoryUse(32, training.bytes(), inference.bytes()));
            }
            // Two images of 20 channels and the tensors after pooling are what the backward pass reads.
            assertThat(use.trainingBytesPerImage()).isBetween(4L * 784 * 20, 4L * 784 * 120);
            assertThat(use.inferenceBytesPerImage()).isLessThan(use.trainingBytesPerImage());
        }
    }
}
