package org.lockstep.executor.step.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lockstep.conf.ClusterConf;
import org.lockstep.conf.CompileConf;
import org.lockstep.data.Batch;
import org.lockstep.data.Tensor;
import org.lockstep.executor.step.BatchSums;
import org.lockstep.executor.step.Network;
import org.lockstep.executor.step.Networks;
import org.lockstep.executor.step.StepKey;
import org.lockstep.layers.Shape;
import org.lockstep.model.Model;

/** What is said to be final of a gradient, while the rest of it is computed. */
class FinalityTest {

    private static final CompileConf SQUARES = CompileConf.of("sgd", "mse");
    private static final int SAMPLES = 5;
    private static final StepKey KEY = new StepKey(1, 2, 3, 0);

    static Stream<Model> models() {
        return Stream.concat(
                Stream.of(WholeNetworkTest.everything("channels_last"), WholeNetworkTest.everything("channels_first")),
                GraphTest.models());
    }

    private static Tensor normal(int seed, Shape shape) {
        int[] sizes = shape.with(0, SAMPLES).dimensions();
        return Tensor.of(sizes, Bench.normal(seed, Arrays.stream(sizes).reduce(1, (a, b) -> a * b), 1));
    }

    private static FloatBuffer gradient(Model model) {
        return ByteBuffer.allocateDirect(model.layout().gradientLength() * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    /** The numbers from a place on. */
    private record Part(int from, float[] values) {

        static Part of(FloatBuffer gradient, int from) {
            float[] values = new float[gradient.capacity() - from];
            gradient.get(from, values);
            return new Part(from, values);
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void whatIsFinal_doesNotChange_andComesPieceByPiece(Model model) {
        Batch batch = new Batch(normal(1, model.inputShape()), normal(2, model.outputShape()));
        try (Bench bench = WholeNetworkTest.bench(model, SQUARES, 1);
                Network network = Networks.create(ClusterConf.Engine.ONEDNN, model, SQUARES, 1)) {
            FloatBuffer whole = gradient(model);
            BatchSums expected = network.train(batch, bench.weights(), whole, KEY);
            FloatBuffer gradient = gradient(model);
            for (int i = 0; i < gradient.capacity(); i++) {
                gradient.put(i, Float.NaN);
            }
            List<Part> parts = new ArrayList<>();

            BatchSums sums =
                    network.train(batch, bench.weights(), gradient, KEY, from -> parts.add(Part.of(gradient, from)));

            assertThat(sums).usingRecursiveComparison().isEqualTo(expected);
            assertThat(gradient).isEqualTo(whole);
            for (Part part : parts) {
                assertThat(part.values())
                        .isEqualTo(Part.of(gradient, part.from()).values());
            }
            List<Integer> places = parts.stream().map(Part::from).distinct().toList();
            assertThat(places).isSortedAccordingTo((a, b) -> b - a).endsWith(0).hasSizeGreaterThan(1);
        }
    }
}
