package org.lockstep.executor.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.lockstep.constraints.MaxNorm;
import org.lockstep.executor.TrainState;
import org.lockstep.executor.optimizer.Update;
import org.lockstep.executor.step.BatchSums;
import org.lockstep.layers.BatchNormalization;
import org.lockstep.layers.Conv2D;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Flatten;
import org.lockstep.layers.Input;
import org.lockstep.model.Sequential;
import org.lockstep.model.WeightLayout;
import org.lockstep.optimizers.Adagrad;
import org.lockstep.optimizers.Adam;
import org.lockstep.optimizers.Nadam;
import org.lockstep.optimizers.Optimizer;
import org.lockstep.optimizers.RMSprop;
import org.lockstep.optimizers.SGD;
import org.lockstep.optimizers.schedules.CosineDecay;
import org.lockstep.random.CounterRandom;
import org.lockstep.random.Purpose;
import org.lockstep.regularizers.OrthogonalRegularizer;

/** What the solo, in-memory and network forms of the exchange all do. */
class ExchangeContractTest {

    private static final int STEPS = 4;

    /** With three workers, one slice ends inside the first kernel of 8 blocks, and one inside the second of 4. */
    private static final Sequential MODEL = Sequential.of(
            Input.of(8, 8, 3),
            Conv2D.of(400, 5)
                    .kernelRegularizer("l2")
                    .kernelConstraint(MaxNorm.of(1).axis(0, 1, 2)),
            BatchNormalization.of(),
            Flatten.of(),
            Dense.of(2).kernelRegularizer("l1").kernelConstraint("max_norm"),
            Dense.of(6).kernelRegularizer(OrthogonalRegularizer.of()));

    private static final int LENGTH = MODEL.layout().gradientLength();

    private static Map<String, Party.Form> forms(int shards) {
        Map<String, Party.Form> forms = new LinkedHashMap<>();
        for (int workers = 2; workers <= Math.min(shards, 4); workers++) {
            forms.put(workers + " in memory", Party.memory(workers));
        }
        for (List<Integer> sizes : List.of(
                List.of(1),
                List.of(2),
                List.of(1, 1),
                List.of(2, 1),
                List.of(1, 1, 1),
                List.of(1, 2, 1),
                List.of(1, 1, 1, 1))) {
            if (sizes.stream().mapToInt(Integer::intValue).sum() <= shards) {
                forms.put(sizes + " over the network", Party.network(sizes.toArray(Integer[]::new)));
                forms.put(sizes + " over sockets", Party.sockets(sizes.toArray(Integer[]::new)));
            }
        }
        return forms;
    }

    @Test
    void step_anyFormAndNumberOfWorkers_givesTheSameBits() throws Exception {
        Optimizer adam = Adam.of().globalClipnorm(0.5);
        for (int shards : new int[] {1, 2, 3, 4, 5, 8}) {
            String expected = train(Party.memory(1), adam, shards);
            for (Map.Entry<String, Party.Form> form : forms(shards).entrySet()) {
                assertThat(train(form.getValue(), adam, shards))
                        .as("%d shards on %s", shards, form.getKey())
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void slicesOfThreeWorkers_endInsideAKernelUnderANormAndInsidePenalisedOnes() {
        Update update = new Update(MODEL, Adam.of());
        Crew crew = new Crew(List.of(1, 1, 1));
        List<String> cut = new ArrayList<>();
        for (int rank = 1; rank < 3; rank++) {
            int border = Slice.of(update, crew, rank).from();
            for (WeightLayout.Slot slot : MODEL.layout().slots()) {
                if (slot.offset() < border && border < slot.offset() + slot.size()) {
                    cut.add(slot.path());
                }
            }
        }
        assertThat(cut).containsExactly("conv2d/kernel", "dense/kernel");
    }

    @Test
    void step_anyOptimizer_givesTheSameBits() throws Exception {
        for (Optimizer optimizer : List.of(
                SGD.of().learningRate(0.05),
                SGD.of().momentum(0.9).nesterov(true).clipnorm(0.1),
                RMSprop.of().centered(true).clipvalue(0.01),
                Adagrad.of(0.1).weightDecay(0.01),
                Nadam.of().learningRate(CosineDecay.of(0.01, 3)))) {
            String expected = train(Party.memory(1), optimizer, 5);
            for (Map.Entry<String, Party.Form> form : forms(5).entrySet()) {
                assertThat(train(form.getValue(), optimizer, 5))
                        .as("%s on %s", optimizer, form.getKey())
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void step_shardsDealtUnevenly_givesTheSameBits() throws Exception {
        String expected = train(Party.memory(1), Adam.of(), 5);
        assertThat(train(Party.dealt(1, 4), Adam.of(), 5)).isEqualTo(expected);
        assertThat(train(Party.dealt(3, 0, 2), Adam.of(), 5)).isEqualTo(expected);
        assertThat(train(Party.dealt(0, 5), Adam.of(), 5)).isEqualTo(expected);
    }

    @Test
    void step_oneMoreShard_isAnotherRun() throws Exception {
        assertThat(train(Party.memory(1), Adam.of(), 2)).isNotEqualTo(train(Party.memory(1), Adam.of(), 3));
    }

    @Test
    void step_nobodyHasSamples_updatesNothing() throws Exception {
        for (Map.Entry<String, Party.Form> form : forms(4).entrySet()) {
            TrainState begin = TrainState.initial(MODEL, Adam.of(), 7);
            try (Party party = form.getValue().of(MODEL, Adam.of(), 4, begin)) {
                List<Object> outcomes = party.all((worker, exchange) -> {
                    SubtreeSums sums = subtree(party, worker, 4);
                    for (int shard : shards(party, worker, 4)) {
                        sums.add(shard, sums.buffer(), BatchSums.none(2));
                    }
                    return exchange.step(worker, sums.nodes()).isEmpty();
                });
                assertThat(outcomes).as(form.getKey()).containsOnly(true);
                assertThat(party.state().sha256()).as(form.getKey()).isEqualTo(begin.sha256());
            }
        }
    }

    @Test
    void step_lossIsNotFinite_allNameTheShardsAndLeaveTheState() throws Exception {
        notFinite(true, "the loss of shards [", "is NaN");
    }

    @Test
    void step_gradientIsNotFinite_allNameTheVariableAndLeaveTheState() throws Exception {
        notFinite(false, "the gradient of ", " is not finite");
    }

    private static void notFinite(boolean inLoss, String... texts) throws Exception {
        for (Map.Entry<String, Party.Form> form : forms(4).entrySet()) {
            TrainState begin = TrainState.initial(MODEL, Adam.of(), 7);
            try (Party party = form.getValue().of(MODEL, Adam.of(), 4, begin)) {
                List<Object> outcomes = party.all((worker, exchange) -> {
                    SubtreeSums sums = subtree(party, worker, 4);
                    for (int shard : shards(party, worker, 4)) {
                        FloatBuffer gradient = gradient(sums.buffer(), shard, 0);
                        gradient.put(LENGTH / 2, !inLoss && shard == 3 ? Float.POSITIVE_INFINITY : 0);
                        sums.add(
                                shard,
                                gradient,
                                new BatchSums(4, inLoss && shard == 3 ? Double.NaN : 1, new double[2]));
                    }
                    return exchange.step(worker, sums.nodes());
                });
                assertThat(outcomes)
                        .as(form.getKey())
                        .allSatisfy(outcome -> assertThat((Throwable) outcome)
                                .isInstanceOf(NonFiniteException.class)
                                .hasMessageContainingAll(texts));
                assertThat(party.state().sha256()).as(form.getKey()).isEqualTo(begin.sha256());
            }
        }
    }

    @Test
    void stop_atAnyWorker_isTheLastStepForAllAtOnce() throws Exception {
        for (Map.Entry<String, Party.Form> form : forms(4).entrySet()) {
            try (Party party = form.getValue().of(MODEL, Adam.of(), 4, TrainState.initial(MODEL, Adam.of(), 7))) {
                int stopper = party.workers() - 1;
                List<Object> steps = party.all((worker, exchange) -> {
                    SubtreeSums sums = subtree(party, worker, 4);
                    int step = 0;
                    boolean last = false;
                    while (!last && step < 50) {
                        if (worker == stopper && step == 2) {
                            exchange.stop();
                        }
                        sums.reset();
                        last = exchange.step(worker, nodes(sums, shards(party, worker, 4), step))
                                .isLast();
                        step++;
                    }
                    return step;
                });
                assertThat(steps).as(form.getKey()).containsOnly(steps.get(0)).doesNotContain(50);
            }
        }
    }

    @Test
    void agree_afterAStop_tellsAll() throws Exception {
        for (Map.Entry<String, Party.Form> form : forms(4).entrySet()) {
            try (Party party = form.getValue().of(MODEL, Adam.of(), 4, TrainState.initial(MODEL, Adam.of(), 7))) {
                List<Object> answers = party.all((worker, exchange) -> {
                    boolean before = exchange.agree();
                    SubtreeSums sums = subtree(party, worker, 4);
                    exchange.step(worker, nodes(sums, shards(party, worker, 4), 0));
                    if (worker == 0) {
                        exchange.stop();
                    }
                    return List.of(before, exchange.agree());
                });
                assertThat(answers).as(form.getKey()).containsOnly(List.of(false, true));
            }
        }
    }

    @Test
    void abort_byOneWorker_allOthersLeaveWithItsFailure() throws Exception {
        for (Map.Entry<String, Party.Form> form : forms(4).entrySet()) {
            try (Party party = form.getValue().of(MODEL, Adam.of(), 4, TrainState.initial(MODEL, Adam.of(), 7))) {
                int failing = party.workers() - 1;
                if (failing == 0) {
                    continue;
                }
                CountDownLatch othersCome = new CountDownLatch(failing);
                List<Object> outcomes = party.all((worker, exchange) -> {
                    SubtreeSums sums = subtree(party, worker, 4);
                    exchange.step(worker, nodes(sums, shards(party, worker, 4), 0));
                    if (worker == failing) {
                        othersCome.await(20, TimeUnit.SECONDS);
                        throw new IllegalStateException("disk on fire");
                    }
                    othersCome.countDown();
                    sums.reset();
                    return exchange.step(worker, nodes(sums, shards(party, worker, 4), 1));
                });
                assertThat(outcomes.subList(0, failing))
                        .as(form.getKey())
                        .allSatisfy(outcome -> assertThat((Throwable) outcome)
                                .isInstanceOf(PeerFailedException.class)
                                .hasMessageContaining("disk on fire"));
            }
        }
    }

    /** Normalization of 40 channels meets, and of 3: the first pause has 81 numbers. */
    private static final Sequential PAUSING = Sequential.of(
            Input.of(4),
            Dense.of(40),
            BatchNormalization.of().isSynchronized(true),
            Dense.of(3),
            BatchNormalization.of().isSynchronized(true));

    @Test
    void sum_anyFormAndNumberOfWorkers_givesAllTheSameBits() throws Exception {
        for (int shards : new int[] {1, 2, 3, 4, 5, 8}) {
            List<double[]> expected = sums(Party.memory(1), shards).get(0);
            assertThat(expected.get(0)[0]).isCloseTo(sumByHand(shards), Offset.offset(1e-9));
            for (Map.Entry<String, Party.Form> form : forms(shards).entrySet()) {
                for (List<double[]> seen : sums(form.getValue(), shards)) {
                    assertThat(Arrays.deepEquals(seen.toArray(), expected.toArray()))
                            .as("%d shards on %s", shards, form.getKey())
                            .isTrue();
                }
            }
        }
    }

    private static double sumByHand(int shards) {
        double sum = 0;
        for (int shard = 0; shard < shards; shard++) {
            sum += numbers(shard, 0, 81)[0];
        }
        return sum;
    }

    /** What each worker sees at pauses of different lengths, with a step's exchange among them. */
    private static List<List<double[]>> sums(Party.Form form, int shards) throws Exception {
        try (Party party = form.of(PAUSING, Adam.of(), shards, TrainState.initial(PAUSING, Adam.of(), 7))) {
            int length = PAUSING.layout().gradientLength();
            List<Object> outcomes = party.all((worker, exchange) -> {
                List<double[]> seen = new ArrayList<>();
                CanonicalTree tree = new CanonicalTree(shards);
                SubtreeSums subtree = new SubtreeSums(tree, tree.owned(worker, party.workers()), length);
                for (int step = 0; step < 3; step++) {
                    for (int pause : new int[] {81, 7, 6, 80}) {
                        List<double[]> own = new ArrayList<>();
                        for (int shard : shards(party, worker, shards)) {
                            own.add(numbers(shard, step, pause));
                        }
                        seen.add(exchange.sum(worker, own).clone());
                        own.forEach(array -> Arrays.fill(array, Double.NaN));
                    }
                    subtree.reset();
                    for (int shard : shards(party, worker, shards)) {
                        FloatBuffer gradient = subtree.buffer();
                        gradient.put(0, new float[length]);
                        subtree.add(shard, gradient, new BatchSums(1, 1, new double[2]));
                    }
                    exchange.step(worker, subtree.nodes());
                }
                return seen;
            });
            List<List<double[]>> all = new ArrayList<>();
            for (Object outcome : outcomes) {
                all.add(((List<?>) outcome).stream().map(double[].class::cast).toList());
            }
            return all;
        }
    }

    private static double[] numbers(int shard, int step, int length) {
        CounterRandom random = CounterRandom.of(3, Purpose.SYNTHETIC_DATA, 1, step, shard);
        double[] numbers = new double[length];
        for (int i = 0; i < length; i++) {
            numbers[i] = random.nextFloat() * Math.pow(10, shard);
        }
        return numbers;
    }

    @Test
    void abort_whileOthersPause_allOthersLeaveWithItsFailure() throws Exception {
        for (Map.Entry<String, Party.Form> form : forms(4).entrySet()) {
            try (Party party = form.getValue().of(PAUSING, Adam.of(), 4, TrainState.initial(PAUSING, Adam.of(), 7))) {
                int failing = party.workers() - 1;
                if (failing == 0) {
                    continue;
                }
                CountDownLatch othersCome = new CountDownLatch(failing);
                List<Object> outcomes = party.all((worker, exchange) -> {
                    List<double[]> own = new ArrayList<>();
                    shards(party, worker, 4).forEach(shard -> own.add(numbers(shard, 0, 7)));
                    exchange.sum(worker, own);
                    if (worker == failing) {
                        othersCome.await(20, TimeUnit.SECONDS);
                        throw new IllegalStateException("disk on fire");
                    }
                    othersCome.countDown();
                    return exchange.sum(worker, own);
                });
                assertThat(outcomes.subList(0, failing))
                        .as(form.getKey())
                        .allSatisfy(outcome -> assertThat((Throwable) outcome)
                                .isInstanceOf(PeerFailedException.class)
                                .hasMessageContaining("disk on fire"));
            }
        }
    }

    private static String train(Party.Form form, Optimizer optimizer, int shards) throws Exception {
        TrainState begin = TrainState.initial(MODEL, optimizer, 7);
        try (Party party = form.of(MODEL, optimizer, shards, begin)) {
            List<Object> outcomes = party.all((worker, exchange) -> {
                SubtreeSums sums = subtree(party, worker, shards);
                StringBuilder seen = new StringBuilder();
                for (int step = 0; step < STEPS; step++) {
                    sums.reset();
                    StepOutcome outcome = exchange.step(worker, nodes(sums, shards(party, worker, shards), step));
                    seen.append(outcome.sums().samples())
                            .append(' ')
                            .append(outcome.sums().loss())
                            .append(' ')
                            .append(outcome.penalty())
                            .append(' ')
                            .append(outcome.sums().metric(0))
                            .append('\n');
                }
                return seen.toString();
            });
            assertThat(Set.copyOf(outcomes)).hasSize(1);
            return outcomes.get(0) + party.state().sha256();
        }
    }

    private static SubtreeSums subtree(Party party, int worker, int shards) {
        CanonicalTree tree = new CanonicalTree(shards);
        return new SubtreeSums(tree, party.owned(worker, shards), LENGTH);
    }

    private static List<Integer> shards(Party party, int worker, int shards) {
        ShardRange owned = party.owned(worker, shards);
        List<Integer> numbers = new ArrayList<>();
        for (int shard = owned.from(); shard < owned.to(); shard++) {
            numbers.add(shard);
        }
        return numbers;
    }

    /** Gradients that depend on shard and step only; shard 1 has no samples in step 2. */
    private static List<Node> nodes(SubtreeSums sums, List<Integer> owned, int step) {
        for (int shard : owned) {
            boolean isEmpty = shard == 1 && step == 2;
            FloatBuffer gradient = sums.buffer();
            if (isEmpty) {
                gradient.put(0, new float[LENGTH]);
            } else {
                gradient(gradient, shard, step);
            }
            sums.add(shard, gradient, new BatchSums(isEmpty ? 0 : 5 + shard, 1.1 + shard, new double[] {shard, 5}));
        }
        return sums.nodes();
    }

    private static FloatBuffer gradient(FloatBuffer into, int shard, int step) {
        CounterRandom random = CounterRandom.of(3, Purpose.SYNTHETIC_DATA, 0, step, shard);
        for (int i = 0; i < LENGTH; i++) {
            into.put(i, random.nextFloat() - 0.4f);
        }
        return into;
    }
}
