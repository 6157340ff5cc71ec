package org.lockstep.executor.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.lockstep.constraints.MaxNorm;
import org.lockstep.executor.TrainState;
import org.lockstep.executor.step.BatchSums;
import org.lockstep.layers.Conv2D;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Flatten;
import org.lockstep.layers.Input;
import org.lockstep.model.Sequential;
import org.lockstep.optimizers.Adam;
import org.lockstep.random.CounterRandom;
import org.lockstep.random.Purpose;

class MemoryExchangeTest {

    private static final int STEPS = 4;
    private static final Sequential MODEL = Sequential.of(
            Input.of(12, 12, 3),
            Conv2D.of(16, 5)
                    .kernelRegularizer("l2")
                    .kernelConstraint(MaxNorm.of(1).axis(0, 1, 2)),
            Flatten.of(),
            Dense.of(10).kernelRegularizer("l1"));

    @Test
    void step_anyNumberOfWorkers_givesTheSameBits() throws Exception {
        for (int shards : new int[] {1, 2, 3, 4, 5, 8}) {
            String expected = train(shards, 1);
            for (int workers = 2; workers <= Math.min(shards, 5); workers++) {
                assertThat(train(shards, workers))
                        .as("%d shards on %d workers", shards, workers)
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void step_oneMoreShard_isAnotherRun() throws Exception {
        assertThat(train(2, 1)).isNotEqualTo(train(3, 1));
    }

    @Test
    void step_aWorkerAborts_othersLeaveWithItsFailure() throws Exception {
        CanonicalTree tree = new CanonicalTree(2);
        MemoryExchange exchange = exchange(tree, 2);
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try {
            SubtreeSums sums = new SubtreeSums(tree, tree.owned(0, 2), length());
            Future<StepOutcome> waiting = threads.submit(() -> exchange.step(0, nodes(sums, tree.owned(0, 2), 0)));
            exchange.abort(new IllegalStateException("disk on fire"));
            assertThatThrownBy(() -> waiting.get(10, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOf(PeerFailedException.class)
                    .hasMessageContaining("disk on fire");
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void step_lossIsNotFinite_namesTheShardAndLeavesTheState() {
        CanonicalTree tree = new CanonicalTree(2);
        MemoryExchange exchange = exchange(tree, 1);
        String before = exchange.state().sha256();
        SubtreeSums sums = new SubtreeSums(tree, new ShardRange(0, 1), length());
        SubtreeSums bad = new SubtreeSums(tree, new ShardRange(1, 2), length());
        List<Node> nodes = new ArrayList<>(nodes(sums, new ShardRange(0, 1), 0));
        bad.add(1, bad.buffer(), new BatchSums(4, Double.NaN, new double[2]));
        nodes.addAll(bad.nodes());
        assertThatThrownBy(() -> exchange.step(0, nodes))
                .isInstanceOf(NonFiniteException.class)
                .hasMessage("the loss of shards [1, 2) is NaN");
        assertThat(exchange.state().sha256()).isEqualTo(before);
    }

    private static int length() {
        return MODEL.layout().gradientLength();
    }

    private static MemoryExchange exchange(CanonicalTree tree, int workers) {
        TrainState state = TrainState.initial(MODEL, Adam.of(), 7);
        return MemoryExchange.of(MODEL, Adam.of().globalClipnorm(0.5), tree, workers, state);
    }

    private static String train(int shards, int workers) throws Exception {
        CanonicalTree tree = new CanonicalTree(shards);
        MemoryExchange exchange = exchange(tree, workers);
        ExecutorService threads = Executors.newFixedThreadPool(workers);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < workers; i++) {
                int worker = i;
                all.add(threads.submit(() -> {
                    ShardRange owned = tree.owned(worker, workers);
                    SubtreeSums sums = new SubtreeSums(tree, owned, length());
                    for (int step = 0; step < STEPS; step++) {
                        sums.reset();
                        exchange.step(worker, nodes(sums, owned, step));
                    }
                    return null;
                }));
            }
            for (Future<?> one : all) {
                one.get(60, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
        return exchange.state().sha256();
    }

    /** Gradients that depend on shard and step only; shard 1 has no samples in step 2. */
    private static List<Node> nodes(SubtreeSums sums, ShardRange owned, int step) {
        for (int shard = owned.from(); shard < owned.to(); shard++) {
            boolean isEmpty = shard == 1 && step == 2;
            CounterRandom random = CounterRandom.of(3, Purpose.SYNTHETIC_DATA, 0, step, shard);
            FloatBuffer gradient = sums.buffer();
            for (int i = 0; i < gradient.capacity(); i++) {
                gradient.put(i, isEmpty ? 0 : (float) random.nextGaussian());
            }
            sums.add(shard, gradient, new BatchSums(isEmpty ? 0 : 5 + shard, 1.5, new double[] {1, 5}));
        }
        return sums.nodes();
    }
}
