package org.lockstep.executor.rendezvous;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lockstep.conf.NetworkConf.Wire;
import org.lockstep.executor.Kernel;
import org.lockstep.executor.MixedKernelsException;
import org.lockstep.executor.TrainState;
import org.lockstep.executor.exchange.CanonicalTree;
import org.lockstep.executor.exchange.Exchange;
import org.lockstep.executor.exchange.MemoryExchange;
import org.lockstep.executor.exchange.ShardRange;
import org.lockstep.executor.exchange.SubtreeSums;
import org.lockstep.executor.step.BatchSums;
import org.lockstep.executor.transport.Secret;
import org.lockstep.executor.transport.TransportSettings;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Input;
import org.lockstep.model.Sequential;
import org.lockstep.optimizers.Adam;
import org.lockstep.report.StepReport;
import org.lockstep.report.Timing;

/** The driver's port and two executors of it, all in this JVM. */
@Timeout(120)
class RendezvousTest {

    private static final String HOST = "127.0.0.1";
    private static final int SHARDS = 3;
    private static final Sequential MODEL = Sequential.of(Input.of(700), Dense.of(600), Dense.of(3));
    private static final Adam ADAM = Adam.of();
    private static final Kernel KERNEL = new Kernel("a", "oneDNN 3, avx512_core", 1, "Java 17", "Linux amd64");
    private static final Kernel OTHER = new Kernel("b", "oneDNN 3, avx2", 1, "Java 17", "Linux amd64");

    private final Secret secret = Secret.random();
    private Attempt.Deal deal = (members, shards) -> List.of();
    private final Queue<Caller> silent = new ConcurrentLinkedQueue<>();
    private final Headquarters headquarters =
            new Headquarters(TransportSettings.of(HOST, Duration.ofSeconds(10)), secret, silent::add);
    private final List<Outpost> posts = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void close() {
        threads.shutdownNow();
        posts.forEach(Outpost::close);
        headquarters.close();
    }

    private Outpost post() throws InterruptedException {
        Outpost post = new Outpost(
                TransportSettings.of(HOST, Duration.ofSeconds(10)),
                secret,
                HOST,
                headquarters.port(),
                Integer.toString(posts.size()),
                over -> {});
        posts.add(post);
        return post;
    }

    private static Terms terms(int attempt, boolean isSynchronous) {
        return terms(attempt, isSynchronous, KERNEL, null);
    }

    private static Terms terms(int attempt, boolean isSynchronous, Kernel kernel, @Nullable Kernel before) {
        return new Terms(
                attempt,
                MODEL,
                ADAM,
                new CanonicalTree(SHARDS),
                isSynchronous,
                Duration.ofSeconds(20),
                kernel,
                before,
                Wire.FLOAT32);
    }

    private Attempt begin(int number, long version, TrainState state, boolean isSynchronous, Duration patience) {
        Attempt attempt =
                new Attempt(number, SHARDS, new CanonicalTree(SHARDS), deal, version, state, isSynchronous, patience);
        headquarters.begin(attempt);
        return attempt;
    }

    /** Trains some steps in a task, and brings the driver what it has. */
    private Future<Integer> task(Outpost post, Terms terms, int task, int steps) {
        return threads.submit(() -> {
            try (Seat seat = post.join(terms, task)) {
                for (int step = 0; step < steps; step++) {
                    step(seat.exchange(), seat.worker(), seat.shards(), step);
                    if (seat.worker() == 0) {
                        seat.report(new StepReport(0, step, 6, 1, new double[] {step, 1}, Timing.NONE));
                    }
                    if (terms.isSynchronous() && seat.exchange().agree()) {
                        break;
                    }
                }
                seat.store();
                return seat.worker();
            }
        });
    }

    private static void step(Exchange exchange, int worker, ShardRange owned, int step) throws InterruptedException {
        CanonicalTree tree = new CanonicalTree(SHARDS);
        SubtreeSums sums = new SubtreeSums(tree, owned, MODEL.layout().gradientLength());
        for (int shard = owned.from(); shard < owned.to(); shard++) {
            FloatBuffer gradient = sums.buffer();
            for (int i = 0; i < gradient.capacity(); i++) {
                gradient.put(i, (i * 31 + shard * 7 + step * 3) % 101 / 101f - 0.5f);
            }
            sums.add(shard, gradient, new BatchSums(2, 1, new double[2]));
        }
        exchange.step(worker, sums.nodes());
    }

    private String expected(TrainState begin, int steps) throws Exception {
        MemoryExchange exchange = MemoryExchange.of(MODEL, ADAM, new CanonicalTree(SHARDS), SHARDS, begin.copy());
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < SHARDS; i++) {
            int worker = i;
            all.add(threads.submit(() -> {
                for (int step = 0; step < steps; step++) {
                    step(exchange, worker, new ShardRange(worker, worker + 1), step);
                }
                return null;
            }));
        }
        for (Future<?> one : all) {
            one.get(60, TimeUnit.SECONDS);
        }
        return exchange.state().numbersSha256();
    }

    private static List<Integer> all(List<Future<Integer>> tasks) throws Exception {
        List<Integer> results = new ArrayList<>();
        for (Future<Integer> task : tasks) {
            results.add(task.get(60, TimeUnit.SECONDS));
        }
        return results;
    }

    @Test
    void tasksOfTwoExecutors_trainTheDriversState_onAndOn() throws Exception {
        Outpost a = post();
        Outpost b = post();
        TrainState begin = TrainState.initial(MODEL, ADAM, 7);
        Attempt first = begin(1, -1, begin, false, Duration.ofSeconds(20));
        List<Integer> workers = all(List.of(
                task(a, terms(1, false), 0, 3), task(b, terms(1, false), 1, 3), task(a, terms(1, false), 2, 3)));
        assertThat(workers).containsExactly(0, 2, 1);
        first.state().iterations(3);
        assertThat(first.state().numbersSha256()).isEqualTo(expected(begin, 3));
        assertThat(first.poll(0)).isNotNull();

        // Another executor's slice, and a state that both hold.
        Attempt second = begin(2, 1, first.state(), false, Duration.ofSeconds(20));
        all(List.of(task(b, terms(2, false), 0, 2), task(a, terms(2, false), 1, 2), task(a, terms(2, false), 2, 2)));
        second.state().iterations(5);
        assertThat(second.state().numbersSha256()).isEqualTo(expected(first.state(), 2));

        Attempt third = begin(3, 2, second.state(), false, Duration.ofSeconds(20));
        all(List.of(task(b, terms(3, false), 0, 1), task(a, terms(3, false), 1, 1), task(a, terms(3, false), 2, 1)));
        third.state().iterations(6);
        assertThat(third.state().numbersSha256()).isEqualTo(expected(second.state(), 1));
    }

    @Test
    void anExecutor_hasRoomForItsSliceOfTheSlotsOnly() throws Exception {
        int all = MODEL.layout().trainableLength();
        for (int count = 1; count <= SHARDS; count++) {
            List<Outpost> executors = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                executors.add(post());
            }
            begin(count, -1, TrainState.initial(MODEL, ADAM, 7), false, Duration.ofSeconds(20));
            Map<Outpost, Integer> numbers = new ConcurrentHashMap<>();
            List<Future<Integer>> tasks = new ArrayList<>();
            for (int i = 0; i < SHARDS; i++) {
                Outpost post = executors.get(i % count);
                Terms terms = terms(count, false);
                int task = i;
                tasks.add(threads.submit(() -> {
                    try (Seat seat = post.join(terms, task)) {
                        TrainState state = seat.exchange().state();
                        assertThat(state.slots()).containsOnlyKeys("momentum", "velocity");
                        state.slots().values().forEach(slot -> numbers.put(post, slot.capacity()));
                        step(seat.exchange(), seat.worker(), seat.shards(), 0);
                        seat.store();
                        return seat.worker();
                    }
                }));
            }
            all(tasks);
            assertThat(numbers.values().stream().mapToInt(Integer::intValue).sum())
                    .isEqualTo(all);
            int ofMost = (SHARDS + count - 1) / count * all / SHARDS;
            assertThat(Collections.max(numbers.values())).isCloseTo(ofMost, withinPercentage(2));
        }
    }

    @Test
    void synchronousRun_driverChangesTheStateBetweenSteps() throws Exception {
        Outpost a = post();
        Outpost b = post();
        TrainState begin = TrainState.initial(MODEL, ADAM, 7);
        Attempt attempt = begin(1, -1, begin, true, Duration.ofSeconds(20));
        List<Future<Integer>> tasks =
                List.of(task(a, terms(1, true), 0, 9), task(b, terms(1, true), 1, 9), task(a, terms(1, true), 2, 9));
        StepReport report = attempt.poll(20_000);
        assertThat(report).isNotNull();
        TrainState half = attempt.state();
        half.iterations(1);
        assertThat(half.numbersSha256()).isEqualTo(expected(begin, 1));
        half.weights().put(5, 3f);
        half.learningRate(0.5);
        TrainState changed = half.copy();
        attempt.heard(1, true, true);
        assertThat(attempt.poll(20_000)).isNotNull();
        attempt.heard(2, false, false);
        all(tasks);
        attempt.state().iterations(2);
        MemoryExchange oracle = MemoryExchange.of(MODEL, ADAM, new CanonicalTree(SHARDS), SHARDS, changed);
        List<Future<?>> steps = new ArrayList<>();
        for (int i = 0; i < SHARDS; i++) {
            int worker = i;
            steps.add(threads.submit(() -> {
                step(oracle, worker, new ShardRange(worker, worker + 1), 1);
                return null;
            }));
        }
        for (Future<?> one : steps) {
            one.get(60, TimeUnit.SECONDS);
        }
        assertThat(attempt.state().numbersSha256()).isEqualTo(oracle.state().numbersSha256());
    }

    @Test
    void tasksThatDoNotCome_areNamed() throws Exception {
        Attempt attempt = begin(1, -1, TrainState.initial(MODEL, ADAM, 7), false, Duration.ZERO);
        Future<Integer> alone = task(post(), terms(1, false), 1, 1);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!alone.isDone()) {
            assertThat(System.nanoTime()).isLessThan(end);
            attempt.checkDeadline();
        }
        assertThatThrownBy(alone::get)
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("tasks [")
                .hasMessageContaining("of 3 did not come");
    }

    @Test
    void executorsThatComputeOtherwise_areNamedWithTheCause_andNobodyTrains() throws Exception {
        Outpost a = post();
        Outpost b = post();
        Attempt attempt = begin(1, -1, TrainState.initial(MODEL, ADAM, 7), false, Duration.ofSeconds(20));
        List<Future<Integer>> tasks = List.of(
                task(a, terms(1, false), 0, 3),
                task(b, terms(1, false, OTHER, null), 1, 3),
                task(a, terms(1, false), 2, 3));
        for (Future<Integer> task : tasks) {
            assertThatThrownBy(() -> task.get(20, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOf(MixedKernelsException.class)
                    .hasMessageStartingWith("Cannot train on a mixture of kernels: ")
                    .hasMessageContaining("executor 0 (127.0.0.1): oneDNN 3, avx512_core")
                    .hasMessageContaining("executor 1 (127.0.0.1): oneDNN 3, avx2")
                    .hasMessageContaining(
                            "They differ in engine and instruction set (oneDNN 3, avx512_core, oneDNN 3, avx2). ")
                    .hasMessageContaining("ONEDNN_MAX_CPU_ISA");
        }
        assertThat(attempt.poll(0)).isNull();
    }

    @Test
    void executorsThatComputeOtherwiseThanBefore_areRefused() throws Exception {
        begin(1, -1, TrainState.initial(MODEL, ADAM, 7), false, Duration.ofSeconds(20));
        Outpost a = post();
        Terms terms = terms(1, false, KERNEL, OTHER);
        for (Future<Integer> task : List.of(task(a, terms, 0, 3), task(a, terms, 1, 3), task(a, terms, 2, 3))) {
            assertThatThrownBy(() -> task.get(20, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOf(MixedKernelsException.class)
                    .hasMessageContaining("the run has computed with oneDNN 3, avx2, 1 thread(s)")
                    .hasMessageContaining("`accept_other_kernels`");
        }
    }

    @Test
    void anExecutorLeaves_theOthersAndTheDriverAreTold() throws Exception {
        Outpost a = post();
        Outpost b = post();
        Attempt attempt = begin(1, -1, TrainState.initial(MODEL, ADAM, 7), false, Duration.ofSeconds(20));
        Terms terms = terms(1, false);
        List<Future<Integer>> tasks =
                List.of(task(a, terms, 0, 1_000_000), task(b, terms, 1, 1_000_000), task(a, terms, 2, 1_000_000));
        assertThat(attempt.poll(20_000)).isNotNull();
        b.close();
        for (Future<Integer> task : tasks) {
            assertThatThrownBy(() -> task.get(20, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
        }
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (attempt.failure() == null) {
            assertThat(System.nanoTime()).isLessThan(end);
        }
        assertThat(Objects.requireNonNull(attempt.failure()).reason()).contains("executor 1");
    }

    @Test
    void shardsAreDealtUnevenly_sameBits() throws Exception {
        deal = (members, shards) -> List.of(0, 2, 1);
        Outpost a = post();
        Outpost b = post();
        TrainState begin = TrainState.initial(MODEL, ADAM, 7);
        Attempt attempt = begin(1, -1, begin, false, Duration.ofSeconds(20));
        all(List.of(task(a, terms(1, false), 0, 3), task(b, terms(1, false), 1, 3), task(a, terms(1, false), 2, 3)));
        attempt.state().iterations(3);
        assertThat(attempt.state().numbersSha256()).isEqualTo(expected(begin, 3));
    }

    /** Executor 17, which beats once a second: an impatient driver does not wait for that. */
    private Outpost slow(Headquarters driver) throws InterruptedException {
        Outpost slow = new Outpost(
                TransportSettings.of(HOST, Duration.ofMinutes(5)), secret, HOST, driver.port(), "17", over -> {});
        posts.add(slow);
        return slow;
    }

    private Attempt attemptOf(int tasks) {
        return new Attempt(
                1,
                tasks,
                new CanonicalTree(SHARDS),
                deal,
                -1,
                TrainState.initial(MODEL, ADAM, 7),
                false,
                Duration.ofSeconds(20));
    }

    @Test
    void anExecutorFallsSilent_itIsNamedWithItsShards() throws Exception {
        try (Headquarters impatient =
                new Headquarters(TransportSettings.of(HOST, Duration.ofMillis(400)), secret, silent::add)) {
            Outpost slow = slow(impatient);
            Attempt attempt = attemptOf(1);
            impatient.begin(attempt);
            try (Seat seat = slow.join(terms(1, false), 0)) {
                assertThat(seat.worker()).isZero();
                long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
                while (silent.isEmpty()) {
                    assertThat(System.nanoTime()).isLessThan(end);
                    Thread.onSpinWait();
                }
            }
            assertThat(silent).extracting(Caller::executor).containsExactly("17");
            Attempt.Failure failure = Objects.requireNonNull(attempt.failure());
            assertThat(failure.lost()).isEqualTo("17");
            assertThat(failure.reason())
                    .matches(
                            "executor 17 \\(127.0.0.1\\), shards \\[0, 3\\): nothing came from it for 0\\.\\d seconds");
        }
    }

    @Test
    void anExecutorFallsSilentBeforeItTakesPart_itIsNamed_andNobodyWaitsForIt() throws Exception {
        try (Headquarters impatient =
                new Headquarters(TransportSettings.of(HOST, Duration.ofMillis(400)), secret, silent::add)) {
            Attempt attempt = attemptOf(2);
            impatient.begin(attempt);
            assertThat(impatient.hears("17")).isFalse();
            slow(impatient);
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            boolean wasHeard = false;
            while (silent.isEmpty()) {
                assertThat(System.nanoTime()).isLessThan(end);
                wasHeard |= impatient.hears("17");
            }
            assertThat(wasHeard).isTrue();
            assertThat(impatient.hears("17")).isFalse();
            assertThat(silent).extracting(Caller::place).containsExactly("executor 17 (127.0.0.1)");
            Attempt.Failure failure = Objects.requireNonNull(attempt.failure());
            assertThat(failure.lost()).isEqualTo("17");
            assertThat(failure.reason()).startsWith("executor 17 (127.0.0.1): nothing came from it for");
        }
    }
}
