package org.lockstep.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lockstep.callbacks.Callback;
import org.lockstep.callbacks.History;
import org.lockstep.conf.ClusterConf;
import org.lockstep.conf.ClusterConf.Exchange;
import org.lockstep.conf.FitConf;
import org.lockstep.conf.NetworkConf;
import org.lockstep.conf.Verbose;
import org.lockstep.data.Batch;
import org.lockstep.data.DataSource;
import org.lockstep.data.Sequence;
import org.lockstep.data.Tensor;
import org.lockstep.data.synthetic.SyntheticDigits;
import org.lockstep.driver.launch.Launchers;
import org.lockstep.driver.launch.TrainingException;
import org.lockstep.executor.spark.NetworkRuns;
import org.lockstep.executor.spark.ResidentRuns;
import org.lockstep.layers.BatchNormalization;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Flatten;
import org.lockstep.layers.Input;
import org.lockstep.model.Sequential;
import scala.collection.JavaConverters;

/** The network exchange as the driver drives it: its executors are one, so that faults can be planned. */
@Timeout(180)
class NetworkTest {

    private static final Sequential NET = Sequential.of(
            Input.of(Samples.SIDE, Samples.SIDE, 1),
            Flatten.of(),
            Dense.of(24).activation("relu"),
            BatchNormalization.of(),
            Dense.of(Samples.CLASSES).activation("softmax"));
    /** The same, but workers also wait for each other within a step. */
    private static final Sequential PAUSING = Sequential.of(
            Input.of(Samples.SIDE, Samples.SIDE, 1),
            Flatten.of(),
            Dense.of(24).activation("relu"),
            BatchNormalization.of().isSynchronized(true),
            Dense.of(Samples.CLASSES).activation("softmax"));

    private static final FitConf FIT =
            FitConf.of().epochs(3).seed(1).verbose(Verbose.SILENT).shuffle(false);
    private static final int BATCHES = 24;
    private static final int SIZE = 8;

    /** Calls of {@code get} until one fails; then how many more fail. */
    private static final AtomicInteger BEFORE_FAILURE = new AtomicInteger();

    private static final AtomicInteger FAILURES = new AtomicInteger();
    private static volatile CountDownLatch hangs = new CountDownLatch(0);
    private static volatile CountDownLatch hanging = new CountDownLatch(1);

    private static JavaSparkContext spark;

    @BeforeAll
    static void start() {
        spark = LocalSpark.start("local[3]");
    }

    @AfterAll
    static void stop() throws InterruptedException {
        assertThat(ResidentRuns.count()).isZero();
        awaitNothingLeft();
        spark.stop();
    }

    @BeforeEach
    void healthy() {
        BEFORE_FAILURE.set(Integer.MAX_VALUE);
        FAILURES.set(0);
        hangs = new CountDownLatch(0);
        hanging = new CountDownLatch(1);
    }

    /** Batches some of which fail, or hang, at first. */
    private record Troubled() implements Sequence {

        @Override
        public int length() {
            return BATCHES;
        }

        @Override
        public Batch get(int index) {
            if (BEFORE_FAILURE.getAndDecrement() <= 0 && FAILURES.getAndDecrement() > 0) {
                throw new IllegalStateException("the disk of batch " + index + " is on fire");
            }
            if (index == BATCHES / 2 && hangs.getCount() > 0) {
                hanging.countDown();
                try {
                    hangs.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            return new Batch(rows(Samples.x(BATCHES * SIZE), index), rows(Samples.y(BATCHES * SIZE), index));
        }

        private static Tensor rows(Tensor all, int index) {
            return all.rows(index * SIZE, (index + 1) * SIZE);
        }
    }

    private static SparkModel model(Exchange exchange) {
        return model(NET, exchange);
    }

    private static SparkModel model(Sequential network, Exchange exchange) {
        return SparkModel.of(network, spark)
                .on(ClusterConf.of().shards(3).exchange(exchange))
                .compile("adam", "sparse_categorical_crossentropy", "accuracy");
    }

    private record Outcome(String sha256, Map<String, List<Double>> history) {}

    private static Outcome train(SparkModel model, Callback... callbacks) {
        Map<String, List<Double>> history =
                model.fit(new Troubled(), FIT, callbacks).history();
        return new Outcome(model.live().numbersSha256(), history);
    }

    private static final class Batches extends Callback {

        private final List<Integer> heard = new ArrayList<>();

        @Override
        public void onTrainBatchEnd(int batch, Map<String, Double> logs) {
            heard.add(batch);
            if (batch % 3 == 1) {
                model().learningRate(model().learningRate() * 0.9);
            }
            if (batch == 5) {
                List<Tensor> weights = new ArrayList<>(model().getWeights());
                weights.get(0).values()[0] += 0.5f;
                model().setWeights(weights);
            }
        }
    }

    @Test
    void taskFails_goesBackAndEndsWithTheSameBits() {
        Outcome undisturbed = train(model(Exchange.MEMORY));
        BEFORE_FAILURE.set(BATCHES + BATCHES / 2);
        FAILURES.set(1);
        assertThat(train(model(Exchange.NETWORK))).isEqualTo(undisturbed);
        assertThat(FAILURES.get()).isLessThanOrEqualTo(0);
    }

    @Test
    void taskFails_whileOthersPause_goesBackAndEndsWithTheSameBits() {
        Outcome undisturbed = train(model(PAUSING, Exchange.MEMORY));
        BEFORE_FAILURE.set(BATCHES + BATCHES / 2);
        FAILURES.set(1);
        assertThat(train(model(PAUSING, Exchange.NETWORK))).isEqualTo(undisturbed);
        assertThat(FAILURES.get()).isLessThanOrEqualTo(0);
    }

    @Test
    void recoveryPoints_changeNothing() {
        // Steps are reported within 50 ms: an epoch must last longer, on any machine.
        DataSource digits = SyntheticDigits.of(3000, 1);
        FitConf fit = FIT.batchSize(3).epochs(2);
        SparkModel undisturbed = onDigits(ClusterConf.of().shards(3).exchange(Exchange.MEMORY));
        undisturbed.fit(digits, fit);
        NetworkConf often = NetworkConf.of().recoveryInterval(1e-6);
        SparkModel model =
                onDigits(ClusterConf.of().shards(3).exchange(Exchange.NETWORK).network(often));
        assertThat(model.fit(digits, fit).recoveryPoints().count()).isPositive();
        assertThat(model.live().sha256()).isEqualTo(undisturbed.live().sha256());
    }

    private static SparkModel onDigits(ClusterConf cluster) {
        Sequential network =
                Sequential.of(Input.of(28, 28, 1), Flatten.of(), Dense.of(10).activation("softmax"));
        return SparkModel.of(network, spark).on(cluster).compile("adam", "sparse_categorical_crossentropy", "accuracy");
    }

    @Test
    void batchHooks_changeRateAndWeights_sameBits_andHearEachStepOnce() {
        Outcome undisturbed = train(model(Exchange.MEMORY), new Batches());
        BEFORE_FAILURE.set(BATCHES + BATCHES / 2);
        FAILURES.set(1);
        Batches heard = new Batches();
        assertThat(train(model(Exchange.NETWORK), heard)).isEqualTo(undisturbed);
        assertThat(heard.heard).hasSize(3 * BATCHES / 3).containsSubsequence(0, 1, 2, 3, 4, 5, 6, 7, 0, 1);
    }

    @Test
    void taskFailsAgainAndAgain_endsWithTheFirstCauseAndThePlace() {
        BEFORE_FAILURE.set(BATCHES);
        FAILURES.set(Integer.MAX_VALUE);
        assertThatThrownBy(() -> train(model(Exchange.NETWORK)))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("is on fire")
                .hasMessageContaining("executor driver");
        healthy();
        assertThat(train(model(Exchange.NETWORK))).isEqualTo(train(model(Exchange.MEMORY)));
    }

    @Test
    void stopTraining_isHeardWithinTheEpoch() {
        SparkModel model = model(Exchange.NETWORK);
        Callback stopping = new Callback() {
            @Override
            public void onTrainBatchEnd(int batch, Map<String, Double> logs) {
                if (batch == 2) {
                    model().stopTraining();
                }
            }
        };
        model.fit(new Troubled(), FIT, stopping);
        assertThat(model.live().iterations()).isEqualTo(3);
    }

    @Test
    void interrupted_whileABatchHangs_endsWithinSecondsAndLeavesNothing() throws Exception {
        hangs = new CountDownLatch(1);
        FutureTask<Outcome> training = new FutureTask<>(() -> train(model(Exchange.NETWORK)));
        Thread caller = new Thread(training);
        caller.start();
        assertThat(hanging.await(60, TimeUnit.SECONDS)).isTrue();
        caller.interrupt();
        caller.join(TimeUnit.SECONDS.toMillis(15));
        assertThat(caller.isAlive()).isFalse();
        hangs.countDown();
        assertThatThrownBy(training::get).hasCauseInstanceOf(RuntimeException.class);
        awaitNothingLeft();
    }

    /** How somebody cancels. */
    enum Cancelling {
        JOB_GROUP,
        ALL_JOBS,
        STAGE
    }

    @ParameterizedTest
    @EnumSource(Cancelling.class)
    void jobIsCancelled_endsWithinSecondsWithoutAnotherTryAndLeavesNothing(Cancelling how) throws Exception {
        long broadcasts = broadcasts();
        hangs = new CountDownLatch(1);
        FutureTask<Outcome> training = new FutureTask<>(() -> {
            spark.setJobGroup("mine", "a training");
            return train(model(Exchange.NETWORK));
        });
        Thread caller = new Thread(training);
        caller.start();
        assertThat(hanging.await(60, TimeUnit.SECONDS)).isTrue();
        int[] stages = spark.statusTracker().getActiveStageIds();
        assertThat(stages).hasSize(1);
        switch (how) {
            case JOB_GROUP -> spark.cancelJobGroup("mine");
            case ALL_JOBS -> spark.sc().cancelAllJobs();
            case STAGE -> spark.sc().cancelStage(stages[0]);
        }
        caller.join(TimeUnit.SECONDS.toMillis(15));
        assertThat(caller.isAlive()).isFalse();
        hangs.countDown();
        assertThatThrownBy(training::get)
                .hasCauseInstanceOf(TrainingException.class)
                .hasMessageContaining("cancelled");
        awaitNothingLeft();
        assertThat(spark.statusTracker().getActiveJobIds()).isEmpty();
        assertThat(ResidentRuns.count()).isZero();
        awaitBroadcasts(broadcasts);
    }

    @Test
    void childProcesses_jobIsCancelled_areGone() throws Exception {
        FutureTask<History> training = new FutureTask<>(() -> model(Exchange.NETWORK)
                .fit(new Cut(BATCHES * SIZE, SIZE), FIT.epochs(1_000_000).useMultiprocessing(true)));
        Thread caller = new Thread(training);
        caller.start();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (ProcessHandle.current().children().findAny().isEmpty()) {
            assertThat(training.isDone()).isFalse();
            assertThat(System.nanoTime()).isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(20);
        }
        spark.sc().cancelAllJobs();
        while (!training.isDone()) {
            assertThat(System.nanoTime()).isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(20);
            // Between two epochs there is no job that could be cancelled.
            spark.sc().cancelAllJobs();
        }
        assertThatThrownBy(training::get).hasMessageContaining("cancelled");
        awaitNothingLeft();
        while (ProcessHandle.current().children().findAny().isPresent()) {
            assertThat(System.nanoTime()).isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    /** Those that this JVM holds a piece of. */
    private static long broadcasts() {
        return JavaConverters.asJavaCollection(SparkEnv.get()
                        .blockManager()
                        .blockInfoManager()
                        .entries()
                        .toSeq())
                .stream()
                .filter(entry -> entry._1().isBroadcast())
                .count();
    }

    /** Spark lets those of tasks' code go when they are collected. */
    private static void awaitBroadcasts(long most) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (broadcasts() > most) {
            assertThat(System.nanoTime()).as("%d broadcasts", broadcasts()).isLessThan(end);
            System.gc();
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    @Test
    void aFailureThatIsGoneAfter_isInTheHistory() {
        BEFORE_FAILURE.set(BATCHES + BATCHES / 2);
        FAILURES.set(1);
        History history = model(Exchange.NETWORK).fit(new Troubled(), FIT);
        assertThat(history.recoveries()).singleElement().satisfies(recovery -> {
            assertThat(recovery.cause()).contains("is on fire", "executor driver");
            assertThat(recovery.backTo()).isLessThanOrEqualTo(recovery.step());
            assertThat(recovery.seconds()).isPositive();
        });
    }

    @Test
    void otherJobHoldsASlot_isRefusedInSeconds() throws Exception {
        hangs = new CountDownLatch(1);
        JavaFutureAction<Void> other =
                spark.parallelize(List.of(1), 1).foreachAsync(number -> new Troubled().get(BATCHES / 2));
        assertThat(hanging.await(60, TimeUnit.SECONDS)).isTrue();
        assertThatThrownBy(() -> train(model(Exchange.NETWORK)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Invalid `exchange`: network needs all its tasks at once, and tasks of other jobs hold 1 of the"
                                + " 3 slots of local[3]. End them, or set `exchange: driver`. Received: network");
        hangs.countDown();
        other.get();
    }

    @Test
    void dynamicAllocation_isRefusedByName() {
        SparkConf conf = spark.getConf().clone().set("spark.dynamicAllocation.enabled", "true");
        assertThatThrownBy(() -> Launchers.checkStays(conf))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("spark.dynamicAllocation.enabled")
                .hasMessageContaining("exchange: driver");
    }

    private static void awaitNothingLeft() throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (NetworkRuns.count() > 0 || !threads().isEmpty()) {
            assertThat(System.nanoTime()).as("%s", threads()).isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("lockstep-"))
                .toList();
    }
}
