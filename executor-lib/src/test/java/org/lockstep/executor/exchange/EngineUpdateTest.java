package org.lockstep.executor.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lockstep.conf.ClusterConf.Engine;
import org.lockstep.conf.CompileConf;
import org.lockstep.executor.TrainState;
import org.lockstep.executor.step.BatchSums;
import org.lockstep.executor.step.Network;
import org.lockstep.executor.step.Networks;
import org.lockstep.executor.vector.Operand;
import org.lockstep.executor.vector.Pass;
import org.lockstep.executor.vector.VectorMath;
import org.lockstep.initializers.Constant;
import org.lockstep.layers.BatchNormalization;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Input;
import org.lockstep.losses.Loss;
import org.lockstep.model.Sequential;
import org.lockstep.optimizers.Adadelta;
import org.lockstep.optimizers.Adagrad;
import org.lockstep.optimizers.Adam;
import org.lockstep.optimizers.Adamax;
import org.lockstep.optimizers.Lion;
import org.lockstep.optimizers.Nadam;
import org.lockstep.optimizers.Optimizer;
import org.lockstep.optimizers.RMSprop;
import org.lockstep.optimizers.SGD;
import org.lockstep.optimizers.schedules.ExponentialDecay;
import org.lockstep.random.CounterRandom;
import org.lockstep.random.Purpose;
import org.lockstep.regularizers.L1L2;
import org.lockstep.regularizers.L2;

/** Updates with the passes of the workers' engine, which change no bit. */
class EngineUpdateTest {

    private static final Sequential MODEL = Sequential.of(
            Input.of(300),
            Dense.of(400),
            BatchNormalization.of(),
            Dense.of(300).kernelRegularizer("l2"),
            Dense.of(330).kernelRegularizer("l1"),
            Dense.of(300).kernelConstraint("max_norm"),
            Dense.of(250).kernelRegularizer(new L1L2(0.01, 0.02)));

    private static final int LENGTH = MODEL.layout().gradientLength();

    /** Counts what an engine is asked. */
    private static final class Counted implements VectorMath {

        private final VectorMath math;
        private int looks;
        private int runs;

        Counted(VectorMath math) {
            this.math = math;
        }

        @Override
        public float[] sums(Terms terms, FloatBuffer matrix, int columns) {
            return math.sums(terms, matrix, columns);
        }

        @Override
        public boolean areFinite(FloatBuffer vector) {
            looks++;
            return math.areFinite(vector);
        }

        @Override
        public boolean run(List<Pass> passes, Map<Operand, FloatBuffer> vectors) {
            boolean isDone = math.run(passes, vectors);
            runs += isDone ? 1 : 0;
            return isDone;
        }
    }

    private static Counted counted(Network network) {
        VectorMath math = network.math();
        assumeThat(math).as("rounds as Java does").isNotNull();
        return new Counted(Objects.requireNonNull(math));
    }

    static List<Optimizer> optimizers() {
        return List.of(
                SGD.of(0.1),
                SGD.of(0.1).momentum(0.9),
                SGD.of(0.1).momentum(0.9).nesterov(true).weightDecay(0.01),
                SGD.of(0.1).clipvalue(0.01),
                Adam.of(),
                Adam.of().amsgrad(true).globalClipnorm(0.1),
                Adam.of().clipnorm(0.1),
                RMSprop.of(),
                RMSprop.of().momentum(0.5).centered(true),
                Adagrad.of(0.1),
                Adadelta.of(0.1).weightDecay(0.01),
                Adamax.of(),
                Nadam.of().clipvalue(0.01),
                Lion.of().learningRate(ExponentialDecay.of(0.1, 2, 0.5)));
    }

    private static List<Node> nodes(CanonicalTree tree, int shards, int nodes, int step, long samples) {
        List<Node> all = new ArrayList<>();
        for (int node = 0; node < nodes; node++) {
            all.addAll(nodes(tree, tree.owned(node, nodes), step, samples / shards));
        }
        return all;
    }

    private static List<Node> nodes(CanonicalTree tree, ShardRange owned, int step, long samples) {
        SubtreeSums sums = new SubtreeSums(tree, owned, LENGTH);
        for (int shard = owned.from(); shard < owned.to(); shard++) {
            CounterRandom random = CounterRandom.of(1, Purpose.SYNTHETIC_DATA, 0, step, shard);
            FloatBuffer gradient = sums.buffer();
            for (int i = 0; i < LENGTH; i++) {
                gradient.put(i, random.nextFloat() - 0.5f);
            }
            sums.add(shard, gradient, new BatchSums(samples, 1, new double[0]));
        }
        return sums.nodes();
    }

    private static Network network(Optimizer optimizer, int threads) {
        return Networks.create(Engine.ONEDNN, MODEL, CompileConf.of(optimizer, Loss.of("mse")), threads);
    }

    private static MemoryExchange exchange(Optimizer optimizer, CanonicalTree tree) {
        return MemoryExchange.of(MODEL, optimizer, tree, 1, TrainState.initial(MODEL, optimizer, 3));
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void bits_areThoseWithoutAnEngine(Optimizer optimizer) throws Exception {
        for (int threads = 1; threads <= 2; threads++) {
            for (int workers = 1; workers <= 4; workers++) {
                CanonicalTree tree = new CanonicalTree(4);
                MemoryExchange alone = exchange(optimizer, tree);
                MemoryExchange helped = exchange(optimizer, tree);
                try (Network network = network(optimizer, threads)) {
                    for (long samples : new long[] {64, 36, 1024}) {
                        List<Node> nodes = nodes(tree, 4, workers, (int) samples, samples);
                        alone.step(0, nodes);
                        helped.step(0, nodes, network.math());
                        assertThat(helped.state().sha256())
                                .isEqualTo(alone.state().sha256());
                    }
                }
            }
        }
    }

    /** Its shards' gradients, the last of which is added in two parts. */
    private static List<Node> added(CanonicalTree tree, @Nullable VectorMath math) {
        SubtreeSums sums = new SubtreeSums(tree, tree.root(), LENGTH);
        for (int shard = 0; shard < tree.shards(); shard++) {
            FloatBuffer gradient = sums.buffer();
            CounterRandom random = CounterRandom.of(1, Purpose.SYNTHETIC_DATA, 0, 0, shard);
            for (int i = 0; i < LENGTH; i++) {
                gradient.put(i, random.nextFloat() - 0.5f);
            }
            if (shard == tree.shards() - 1) {
                sums.ahead(shard, gradient, LENGTH - 100_003, math);
            }
            sums.add(shard, gradient, new BatchSums(16, 1, new double[0]), math);
        }
        return sums.nodes();
    }

    @Test
    void shardsOfAWorker_addedToTheBit() {
        for (int shards : new int[] {2, 4, 7}) {
            CanonicalTree tree = new CanonicalTree(shards);
            try (Network network = network(SGD.of(0.1), 2)) {
                Counted math = counted(network);
                List<Node> helped = added(tree, math);
                List<Node> alone = added(tree, null);
                assertThat(helped).hasSize(1);
                assertThat(helped.get(0).gradient()).isEqualTo(alone.get(0).gradient());
                assertThat(math.runs).isGreaterThanOrEqualTo(shards - 1);
            }
        }
    }

    static List<Party.Form> parties() {
        return List.of(Party.memory(1), Party.memory(3), Party.network(1, 1, 1, 1), Party.network(2, 1));
    }

    @Test
    void penalties_haveTheSameBits_whoeverAddsThemUp() throws Exception {
        SGD optimizer = SGD.of(0.1);
        CanonicalTree tree = new CanonicalTree(4);
        StepOutcome alone = exchange(optimizer, tree).step(0, nodes(tree, 4, 1, 0, 64));
        List<Double> penalties = new ArrayList<>();
        for (Party.Form form : parties()) {
            try (Party party = form.of(MODEL, optimizer, 4, TrainState.initial(MODEL, optimizer, 3))) {
                List<Object> found = party.all((worker, exchange) -> {
                    try (Network network = network(optimizer, 1)) {
                        List<Node> nodes = nodes(tree, party.owned(worker, 4), 0, 16);
                        return exchange.step(worker, nodes, network.math()).penalty();
                    }
                });
                found.forEach(penalty -> penalties.add((Double) penalty));
            }
        }
        assertThat(penalties).hasSize(11).containsOnly(penalties.get(0));
        assertThat(penalties.get(0)).isCloseTo(alone.penalty(), within(1e-6 * alone.penalty()));
    }

    @ParameterizedTest
    @ValueSource(floats = {0, 1e-25f, 1e20f, Float.NaN})
    void penaltyOfWeightsWhoseSquaresAFloatCannotHold_isThatOfLoops(float weight) throws Exception {
        SGD optimizer = SGD.of(0.1);
        Sequential model = Sequential.of(
                Input.of(300), Dense.of(400).kernelRegularizer(new L2(0.5)).kernelInitializer(new Constant(weight)));
        TrainState begin = TrainState.initial(model, optimizer, 3);
        try (Network network = Networks.create(Engine.ONEDNN, model, CompileConf.of(optimizer, Loss.of("mse")), 2)) {
            CanonicalTree tree = new CanonicalTree(1);
            SubtreeSums sums = new SubtreeSums(tree, tree.root(), model.layout().gradientLength());
            FloatBuffer gradient = sums.buffer();
            sums.add(0, gradient, new BatchSums(64, 1, new double[0]));
            MemoryExchange exchange = MemoryExchange.of(model, optimizer, tree, 1, begin.copy());
            double penalty = exchange.step(0, sums.nodes(), network.math()).penalty();
            double expected = 0.5 * 300 * 400 * ((double) weight * weight);
            if (Float.isNaN(weight)) {
                assertThat(penalty).isNaN();
            } else {
                assertThat(penalty).isCloseTo(expected, within(1e-9 * expected));
            }
        }
    }

    private static Counted ask(Optimizer optimizer, int shards, int nodes, long samples) throws Exception {
        CanonicalTree tree = new CanonicalTree(shards);
        try (Network network = network(optimizer, 1)) {
            Counted math = counted(network);
            exchange(optimizer, tree).step(0, nodes(tree, shards, nodes, 0, samples), math);
            return math;
        }
    }

    @Test
    void longRuns_areTheEngines() throws Exception {
        // The first kernel up to beta, those with an L2, an L1 and no penalty, and that with both.
        List<Optimizer> alike = List.of(
                SGD.of(0.1),
                SGD.of(0.1).momentum(0.5),
                SGD.of(0.1).weightDecay(0.5).clipvalue(0.1),
                SGD.of(0.1).clipnorm(0.1),
                Adam.of().globalClipnorm(0.1),
                RMSprop.of().momentum(0.5).centered(true),
                Adagrad.of(),
                Adadelta.of(),
                Adamax.of(),
                Nadam.of(),
                Lion.of().weightDecay(0.1));
        for (Optimizer optimizer : alike) {
            assertThat(ask(optimizer, 1, 1, 64).runs).isEqualTo(5);
            assertThat(ask(optimizer, 4, 1, 36).runs).isEqualTo(5);
        }
        assertThat(ask(SGD.of(0.1), 4, 2, 64).runs).as("two nodes are added").isEqualTo(1 + 5);
        assertThat(ask(SGD.of(0.1), 4, 4, 64).runs).as("four nodes are added").isEqualTo(3 + 5);
    }

    @Test
    void executorThatIsAlone_asksItsEngineToo() throws Exception {
        SGD optimizer = SGD.of(0.1);
        CanonicalTree tree = new CanonicalTree(4);
        List<Node> nodes = nodes(tree, 4, 1, 0, 64);
        MemoryExchange alone = exchange(optimizer, tree);
        alone.step(0, nodes);
        try (Network network = network(optimizer, 1);
                Party party = Party.network(1).of(MODEL, optimizer, 4, TrainState.initial(MODEL, optimizer, 3))) {
            Counted math = counted(network);
            party.all((worker, exchange) -> exchange.step(worker, nodes, math));
            assertThat(math.runs).isEqualTo(5);
            assertThat(party.state().sha256()).isEqualTo(alone.state().sha256());
        }
    }

    @Test
    void numberThatIsNotFinite_isFoundAndNamed_andNothingIsUpdated() throws Exception {
        Sequential plain = Sequential.of(Input.of(300), Dense.of(400));
        SGD optimizer = SGD.of(0.1);
        CanonicalTree tree = new CanonicalTree(1);
        TrainState begin = TrainState.initial(plain, optimizer, 3);
        MemoryExchange exchange = MemoryExchange.of(plain, optimizer, tree, 1, begin.copy());
        int length = plain.layout().gradientLength();
        SubtreeSums sums = new SubtreeSums(tree, tree.root(), length);
        try (Network network = Networks.create(Engine.ONEDNN, plain, CompileConf.of(optimizer, Loss.of("mse")), 2)) {
            Counted math = counted(network);
            FloatBuffer gradient = sums.buffer();
            gradient.put(length - 1, Float.NaN);
            sums.add(0, gradient, new BatchSums(64, 1, new double[0]));
            assertThatThrownBy(() -> exchange.step(0, sums.nodes(), math))
                    .isInstanceOf(NonFiniteException.class)
                    .hasMessage("the gradient of dense/bias is not finite");
            assertThat(exchange.state().sha256()).isEqualTo(begin.sha256());

            gradient.put(length - 1, 0);
            exchange.step(0, sums.nodes(), math);
            assertThat(math.looks).isEqualTo(2);
            assertThat(math.runs).isEqualTo(1);
        }
    }
}
