package org.lockstep.executor.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
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

/** Executors of one machine, whose gradients and weights go through its memory. */
@Timeout(60)
class SharedMemoryExchangeTest {

    private static final Sequential MODEL = Sequential.of(Input.of(300), Dense.of(200));
    private static final int LENGTH = MODEL.layout().gradientLength();
    private static final int STEPS = 30;

    private record Run(String state, List<Object> shared) {}

    /** The state after some steps, and what each worker has sent through memory. */
    private static Run train(Party.Form form, int shards) throws Exception {
        CanonicalTree tree = new CanonicalTree(shards);
        try (Party party = form.of(MODEL, Adam.of(), shards, TrainState.create(MODEL.layout(), Adam.of()))) {
            List<Object> shared = party.all((worker, exchange) -> {
                ShardRange owned = party.owned(worker, shards);
                SubtreeSums sums = new SubtreeSums(tree, owned, LENGTH);
                for (int step = 0; step < STEPS; step++) {
                    sums.reset();
                    for (int shard = owned.from(); shard < owned.to(); shard++) {
                        CounterRandom random = CounterRandom.of(1, Purpose.SYNTHETIC_DATA, 0, step, shard);
                        var gradient = sums.buffer();
                        for (int i = 0; i < LENGTH; i++) {
                            gradient.put(i, random.nextFloat() - 0.5f);
                        }
                        sums.add(shard, gradient, new BatchSums(2, 1, new double[0]));
                    }
                    exchange.step(worker, sums.nodes());
                }
                return exchange instanceof NetworkExchange network ? network.sharedBytes() : 0L;
            });
            return new Run(party.state().sha256(), shared);
        }
    }

    @Test
    void executorsOfOneMachine_shareMemory_andHaveTheSameBits() throws Exception {
        assumeThat(Path.of("/dev/shm")).isDirectory();
        for (int shards : new int[] {2, 3}) {
            String expected = train(Party.memory(1), shards).state();
            for (Wire wire : Wire.values()) {
                Run run = train(
                        Party.network(wire, true, Collections.nCopies(shards, 1).toArray(Integer[]::new)), shards);
                assertThat(run.shared())
                        .allSatisfy(bytes -> assertThat((Long) bytes).isPositive());
                assertThat(run.state().equals(expected)).isEqualTo(wire == Wire.FLOAT32);
            }
            Run apart = train(Party.sockets(Collections.nCopies(shards, 1).toArray(Integer[]::new)), shards);
            assertThat(apart.shared()).containsOnly(0L);
            assertThat(apart.state()).isEqualTo(expected);
        }
        try (var left = Files.list(Path.of("/dev/shm"))) {
            assertThat(left.filter(file -> file.getFileName().toString().startsWith("lockstep-")))
                    .isEmpty();
        }
    }
}
