package org.lockstep.executor.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lockstep.conf.NetworkConf.Wire;
import org.lockstep.executor.TrainState;
import org.lockstep.executor.optimizer.Partials;
import org.lockstep.executor.step.BatchSums;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Input;
import org.lockstep.model.Sequential;
import org.lockstep.optimizers.SGD;

/** The bytes that executors send, counted at their links. */
class TrafficTest {

    /** LeNet's 1.26 million. */
    private static final Sequential MODEL = Sequential.of(Input.of(1_259), Dense.of(1_000));

    private static final SGD OPTIMIZER = SGD.of();
    private static final int LENGTH = MODEL.layout().gradientLength();
    private static final int STEPS = 3;

    /** The length of Spark's frame, its kind, the length of what is in it, and the length of the body that follows. */
    private static final int FRAME = Long.BYTES + 1 + Integer.BYTES + Integer.BYTES;

    private static Traffic traffic(int shards, int executors, Wire wire) {
        Crew crew = new Crew(Collections.nCopies(executors, 1));
        return Traffic.of(MODEL, OPTIMIZER, new CanonicalTree(shards), crew, wire);
    }

    @ParameterizedTest
    @CsvSource({"2, 2, FLOAT32", "4, 4, FLOAT32", "4, 2, FLOAT32", "3, 2, FLOAT32", "2, 2, BFLOAT16"})
    void step_sendsWhatTheTrafficSays_andALittleMore(int shards, int executors, Wire wire) throws Exception {
        Integer[] sizes = Collections.nCopies(executors, 1).toArray(Integer[]::new);
        TrainState begin = TrainState.create(MODEL.layout(), OPTIMIZER);
        CanonicalTree tree = new CanonicalTree(shards);
        Traffic traffic = traffic(shards, executors, wire);
        try (Party party = Party.network(wire, false, sizes).of(MODEL, OPTIMIZER, shards, begin)) {
            party.all((worker, exchange) -> {
                        NetworkExchange network = (NetworkExchange) exchange;
                        ShardRange owned = tree.owned(worker, executors);
                        SubtreeSums sums = new SubtreeSums(tree, owned, LENGTH);
                        for (int step = 0; step <= STEPS; step++) {
                            long before = network.sentBytes();
                            sums.reset();
                            for (int shard = owned.from(); shard < owned.to(); shard++) {
                                sums.add(shard, sums.buffer(), new BatchSums(2, 1, new double[2]));
                            }
                            int nodes = sums.nodes().size();
                            exchange.step(worker, sums.nodes());
                            if (step > 0) {
                                long others = (executors - 1L) * small(network, nodes);
                                assertThat(network.sentBytes() - before)
                                        .isEqualTo(traffic.sent().get(worker) + others);
                            }
                        }
                        return worker;
                    })
                    .forEach(result -> assertThat(result).isInstanceOf(Integer.class));
        }
    }

    /** A message of each kind to one peer: frames, heads, sums of losses, and the blocks' partial sums. */
    private static long small(NetworkExchange network, int nodes) {
        long heads = 3L * (FRAME + Kind.HEAD);
        long sums = 1 + nodes * (Long.BYTES + 2 * Double.BYTES + 1 + Integer.BYTES + 2L * Double.BYTES);
        return heads + sums + Partials.bytes(network.owned().blocks());
    }

    @Test
    void alignedShards_sendTheLeast_withinTwoPercent() {
        double p = (double) Float.BYTES * LENGTH;
        for (int executors : new int[] {2, 4, 8}) {
            for (int shards : new int[] {executors, 2 * executors}) {
                Traffic traffic = traffic(shards, executors, Wire.FLOAT32);
                double least = 2 * (executors - 1.0) / executors * p;
                assertThat(traffic.least()).isCloseTo(least, within(1e-3));
                assertThat(traffic.sent())
                        .allSatisfy(sent -> assertThat((double) sent).isCloseTo(least, withinPercentage(2)));
                assertThat(traffic.isNotable()).isFalse();
            }
        }
        assertThat((double) traffic(2, 2, Wire.BFLOAT16).most()).isCloseTo(0.75 * p, withinPercentage(2));
    }

    @Test
    void shardsThatAreNoWholeNodes_sendMore_whichIsNotable() {
        Traffic traffic = traffic(3, 2, Wire.FLOAT32);
        assertThat(traffic.isNotable()).isTrue();
        assertThat((double) traffic.most()).isCloseTo(1.5 * traffic.least(), withinPercentage(2));
    }

    @Test
    void oneExecutor_sendsNothing() {
        assertThat(traffic(2, 1, Wire.FLOAT32)).isEqualTo(new Traffic(List.of(0L), 0));
    }
}
