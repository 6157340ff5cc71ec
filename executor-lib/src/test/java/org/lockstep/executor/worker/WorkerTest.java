package org.lockstep.executor.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.FloatBuffer;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lockstep.conf.ClusterConf;
import org.lockstep.conf.CompileConf;
import org.lockstep.conf.InputConf;
import org.lockstep.data.Batch;
import org.lockstep.data.BatchOrder;
import org.lockstep.data.Shard;
import org.lockstep.data.Tensor;
import org.lockstep.data.Window;
import org.lockstep.data.array.ArraySource;
import org.lockstep.executor.TrainState;
import org.lockstep.executor.exchange.MemoryExchange;
import org.lockstep.executor.step.BatchSums;
import org.lockstep.executor.step.Network;
import org.lockstep.executor.step.StepKey;
import org.lockstep.executor.worker.SegmentEnd.Reason;
import org.lockstep.layers.Dense;
import org.lockstep.losses.Loss;
import org.lockstep.model.Sequential;
import org.lockstep.model.WeightLayout;
import org.lockstep.optimizers.Optimizer;

class WorkerTest {

    private static final Sequential MODEL =
            Sequential.of(Dense.of(200).inputShape(300).kernelRegularizer("l2"), Dense.of(1));
    private static final int STEPS = 400;
    private static final int WARM = 100;

    /** Allocated by one step of one worker's loop, its network left out. */
    private static final long MOST_BYTES = 16 << 10;

    /** A network whose gradient is 1 in all places, and which allocates next to nothing. */
    private static final class Ones implements Network {

        private final Set<FloatBuffer> gradients = Collections.newSetFromMap(new IdentityHashMap<>());

        @Override
        public WeightLayout layout() {
            return MODEL.layout();
        }

        @Override
        public BatchSums train(Batch batch, FloatBuffer weights, FloatBuffer gradient, StepKey key) {
            gradients.add(gradient);
            for (int i = 0; i < gradient.capacity(); i++) {
                gradient.put(i, batch.size());
            }
            return new BatchSums(batch.size(), batch.size(), new double[0]);
        }

        @Override
        public BatchSums evaluate(Batch batch, FloatBuffer weights) {
            throw new UnsupportedOperationException("this network only trains");
        }

        @Override
        public Tensor predict(Tensor x, FloatBuffer weights) {
            throw new UnsupportedOperationException("this network only trains");
        }

        @Override
        public Pullback pullback(
                Tensor x, FloatBuffer weights, Tensor outputGradient, FloatBuffer gradient, StepKey key) {
            throw new UnsupportedOperationException("this network only trains");
        }

        @Override
        public void close() {}
    }

    private static RunOrder order(Optimizer optimizer, int shards, int batches) {
        ArraySource data = ArraySource.of(Tensor.zeros(8 * STEPS, 300), Tensor.zeros(8 * STEPS, 1));
        List<Shard> parts = IntStream.range(0, shards)
                .mapToObj(shard -> data.shard(shard, shards))
                .toList();
        return new RunOrder(
                "run",
                MODEL,
                new CompileConf(optimizer, Loss.of("mse"), List.of()),
                ClusterConf.Engine.ONEDNN,
                1,
                parts,
                new BatchOrder(8, 1, true),
                List.of(Window.of(0, batches)),
                1,
                InputConf.of(),
                null,
                false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sgd", "adam", "rmsprop"})
    void steps_allocateNextToNothing(String optimizer) throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        RunOrder order = order(Optimizer.of(optimizer), 3, STEPS);
        long[] allocated = new long[STEPS];
        TrainState state = TrainState.initial(MODEL, order.compile().optimizer(), 1);
        MemoryExchange exchange = MemoryExchange.of(MODEL, order.compile().optimizer(), order.tree(), 1, state);
        SegmentEnd end;
        try (Workplace place = new Workplace(order, Ones::new)) {
            Segment segment = new Segment(order.windows().get(0), 0, STEPS);
            end = Worker.run(place, segment, 0, order.tree().root(), exchange, (report, trained) -> {
                allocated[report.step()] =
                        threads.getThreadAllocatedBytes(Thread.currentThread().getId());
                return true;
            });
        }

        assertThat(end.reason()).isEqualTo(Reason.DONE);
        assertThat(state.iterations()).isEqualTo(STEPS);
        assertThat((allocated[STEPS - 1] - allocated[WARM]) / (STEPS - 1 - WARM))
                .as("bytes per step")
                .isBetween(1L, MOST_BYTES);
    }

    @Test
    void listenerStops_theNextStepIsTheLast() throws Exception {
        RunOrder order = order(Optimizer.of("sgd"), 2, STEPS);
        TrainState state = TrainState.initial(MODEL, order.compile().optimizer(), 1);
        MemoryExchange exchange = MemoryExchange.of(MODEL, order.compile().optimizer(), order.tree(), 1, state);
        try (Workplace place = new Workplace(order, Ones::new)) {
            Segment segment = new Segment(order.windows().get(0), 0, STEPS);
            SegmentEnd end = Worker.run(
                    place, segment, 0, order.tree().root(), exchange, (report, trained) -> report.step() < 4);
            assertThat(end.reason()).isEqualTo(Reason.STOPPED);
            assertThat(end.nextStep()).isEqualTo(6);
        }
        assertThat(state.iterations()).isEqualTo(6);
    }

    @Test
    void segments_writeGradientsIntoTheSameBuffers() throws Exception {
        RunOrder order = order(Optimizer.of("sgd"), 2, STEPS);
        Ones network = new Ones();
        try (Workplace place = new Workplace(order, () -> network)) {
            for (int segment = 0; segment < 3; segment++) {
                run(place, segment, (report, trained) -> true);
            }
        }
        assertThat(network.gradients).hasSize(2);
    }

    @Test
    void segmentFails_nobodyWritesIntoItsBuffersAgain() throws Exception {
        RunOrder order = order(Optimizer.of("sgd"), 2, STEPS);
        Ones network = new Ones();
        try (Workplace place = new Workplace(order, () -> network)) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> run(place, 0, (report, trained) -> {
                        throw new IllegalStateException("the listener fails");
                    }));
            run(place, 0, (report, trained) -> true);
        }
        assertThat(network.gradients).hasSize(4);
    }

    /** Two steps, beginning with step 2 · segment. */
    private static void run(Workplace place, int segment, Worker.StepListener listener) throws Exception {
        RunOrder order = place.order();
        Optimizer optimizer = order.compile().optimizer();
        TrainState state = TrainState.initial(MODEL, optimizer, 1);
        MemoryExchange exchange = MemoryExchange.of(MODEL, optimizer, order.tree(), 1, state);
        Segment steps = new Segment(order.windows().get(0), 2 * segment, 2 * segment + 2);
        Worker.run(place, steps, 0, order.tree().root(), exchange, listener);
    }
}
