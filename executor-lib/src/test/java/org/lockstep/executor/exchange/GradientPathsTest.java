package org.lockstep.executor.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lockstep.conf.NetworkConf.Wire;
import org.lockstep.executor.TrainState;
import org.lockstep.executor.step.BatchSums;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Input;
import org.lockstep.model.Sequential;
import org.lockstep.optimizers.Adam;
import org.lockstep.random.CounterRandom;
import org.lockstep.random.Purpose;

/** The ways that gradients go to others: through memory or sockets, whole or in pieces while the rest is computed. */
@Timeout(60)
class GradientPathsTest {

    private static final Sequential MODEL = Sequential.of(Input.of(300), Dense.of(200));
    private static final Adam OPTIMIZER = Adam.of().clipnorm(0.3);
    private static final int LENGTH = MODEL.layout().gradientLength();
    private static final int STEPS = 30;
    private static final Path SHARED = Path.of("/dev/shm");

    private static void fill(FloatBuffer gradient, int step, int shard, int from, int to) {
        CounterRandom random = CounterRandom.of(1, Purpose.SYNTHETIC_DATA, 0, step, shard);
        float[] values = new float[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
        gradient.put(from, values, from, to - from);
    }

    /** The places from which on the last shard's gradient is final, from step to step at others. */
    private static List<Integer> places(int step) {
        return switch (step % 4) {
            case 0 -> List.of();
            case 1 -> List.of(LENGTH - 1, LENGTH / 2 + 17, LENGTH / 2, 100);
            case 2 -> List.of(LENGTH / 3);
            default -> List.of(LENGTH * 9 / 10, 0);
        };
    }

    /** The state after some steps, and of each worker whether it sends ahead, and what it has sent through memory. */
    private record Run(String state, List<Worker> workers) {

        long ahead() {
            return workers.stream().filter(Worker::sendsAhead).count();
        }
    }

    private record Worker(boolean sendsAhead, long sharedBytes) {}

    private static Run train(Party.Form form, int shards, boolean sendsAhead) throws Exception {
        CanonicalTree tree = new CanonicalTree(shards);
        try (Party party = form.of(MODEL, OPTIMIZER, shards, TrainState.create(MODEL.layout(), OPTIMIZER))) {
            List<Object> workers = party.all((worker, exchange) -> {
                ShardRange owned = party.owned(worker, shards);
                SubtreeSums sums = new SubtreeSums(tree, owned, LENGTH);
                for (int step = 0; step < STEPS; step++) {
                    sums.reset();
                    for (int shard = owned.from(); shard < owned.to(); shard++) {
                        FloatBuffer gradient = sums.buffer();
                        int end = LENGTH;
                        if (sendsAhead && exchange.sendsAhead() && shard == owned.to() - 1) {
                            for (int from : places(step)) {
                                fill(gradient, step, shard, from, end);
                                exchange.ahead(worker, sums.ahead(shard, gradient, from, null), from);
                                end = from;
                            }
                        }
                        fill(gradient, step, shard, 0, end);
                        sums.add(shard, gradient, new BatchSums(2, 1, new double[2]));
                    }
                    exchange.step(worker, sums.nodes());
                }
                return new Worker(
                        exchange.sendsAhead(), exchange instanceof NetworkExchange network ? network.sharedBytes() : 0);
            });
            return new Run(
                    party.state().sha256(),
                    workers.stream().map(Worker.class::cast).toList());
        }
    }

    private static List<Path> shared() throws IOException {
        try (Stream<Path> files = Files.list(SHARED)) {
            return files.filter(file -> file.getFileName().toString().startsWith("lockstep-"))
                    .toList();
        }
    }

    @Test
    void executorsOfOneMachine_shareMemory_unlessTheyMustNot_andLeaveNothing() throws Exception {
        assumeThat(SHARED).isDirectory();
        String expected = train(Party.memory(1), 3, false).state();
        Run near = train(Party.network(1, 1, 1), 3, false);
        assertThat(near.workers())
                .hasSize(3)
                .allSatisfy(worker -> assertThat(worker.sharedBytes()).isPositive());
        assertThat(near.state()).isEqualTo(expected);
        Run far = train(Party.sockets(1, 1, 1), 3, false);
        assertThat(far.workers())
                .hasSize(3)
                .allSatisfy(worker -> assertThat(worker.sharedBytes()).isZero());
        assertThat(far.state()).isEqualTo(expected);
        assertThat(shared()).isEmpty();
    }

    @Test
    void whatGoesAhead_changesNoBit() throws Exception {
        for (int shards : new int[] {2, 3, 4, 7}) {
            String expected = train(Party.memory(1), shards, true).state();
            for (Integer[] sizes : new Integer[][] {{1, 1}, {1, 1, 1}, {2, 1}}) {
                if (sizes.length + (sizes[0] - 1) > shards) {
                    continue;
                }
                for (Party.Form form : List.of(Party.network(sizes), Party.sockets(sizes))) {
                    Run run = train(form, shards, true);
                    assertThat(run.state())
                            .as("%d shards on %s", shards, List.of(sizes))
                            .isEqualTo(expected);
                    assertThat(run.ahead()).isEqualTo(sizes[0] == 2 ? 1 : sizes.length);
                }
            }
        }
    }

    /** The first waits from the beginning, when nothing goes through memory yet; then the second's pieces begin to do so. */
    @Test
    void whoWaitsBeforeMemoryIsShared_findsWhatComesThroughIt() throws Exception {
        assumeThat(SHARED).isDirectory();
        CanonicalTree tree = new CanonicalTree(2);
        TrainState begin = TrainState.create(MODEL.layout(), OPTIMIZER);
        try (Party party = Party.network(1, 1).of(MODEL, OPTIMIZER, 2, begin)) {
            List<Object> results = party.all((worker, exchange) -> {
                SubtreeSums sums = new SubtreeSums(tree, tree.owned(worker, 2), LENGTH);
                FloatBuffer gradient = sums.buffer();
                fill(gradient, 0, worker, 0, LENGTH);
                NetworkExchange network = (NetworkExchange) exchange;
                if (worker == 1) {
                    int from = LENGTH / 3;
                    while (network.sharedBytes() == 0 && from > 0) {
                        exchange.ahead(worker, sums.ahead(worker, gradient, from, null), from);
                        from--;
                    }
                }
                sums.add(worker, gradient, new BatchSums(2, 1, new double[2]));
                exchange.step(worker, sums.nodes());
                return network.sharedBytes();
            });
            assertThat(results).allSatisfy(result -> assertThat(result).isInstanceOf(Long.class));
            assertThat((Long) results.get(1)).isPositive();
        }
    }

    @Test
    void whatGoesAhead_asBfloat16_changesNoBit() throws Exception {
        List<String> states = new ArrayList<>();
        for (boolean sendsAhead : new boolean[] {false, true}) {
            for (boolean sharesMemory : new boolean[] {false, true}) {
                states.add(train(Party.network(Wire.BFLOAT16, sharesMemory, 1, 1), 4, sendsAhead)
                        .state());
            }
        }
        assertThat(states).containsOnly(states.get(0));
    }
}
