package org.lockstep.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lockstep.callbacks.BackupAndRestore;
import org.lockstep.callbacks.Callback;
import org.lockstep.callbacks.CallbackException;
import org.lockstep.callbacks.History;
import org.lockstep.conf.ClusterConf;
import org.lockstep.conf.ClusterConf.Exchange;
import org.lockstep.conf.FitConf;
import org.lockstep.conf.NetworkConf;
import org.lockstep.conf.Verbose;
import org.lockstep.data.DataSource;
import org.lockstep.data.synthetic.SyntheticDigits;
import org.lockstep.layers.Conv2D;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Dropout;
import org.lockstep.layers.Flatten;
import org.lockstep.layers.Input;
import org.lockstep.model.Sequential;

/** A training that was broken off, at whatever event, ends as one that never was. */
class ResumeTest {

    private static final DataSource DIGITS = SyntheticDigits.of(150, 1);
    private static final FitConf FIT =
            FitConf.of().batchSize(32).epochs(3).seed(5).verbose(Verbose.SILENT).validationFreq(2);
    private static final int STEPS = 4;

    private static JavaSparkContext spark;
    private static @Nullable Run undisturbed;

    @TempDir
    private Path folder = Path.of("");

    @BeforeAll
    static void start() {
        spark = LocalSpark.start("local[2]");
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    /** Lowers the learning rate by what it finds, which must not happen twice in an epoch; and notes all events. */
    private static final class Halving extends Callback {

        private final List<String> events = new ArrayList<>();
        private final boolean synchronous;
        private int heard;

        Halving(boolean synchronous) {
            this.synchronous = synchronous;
        }

        @Override
        public boolean isSynchronous() {
            return synchronous;
        }

        @Override
        public void onEpochBegin(int epoch, Map<String, Double> logs) {
            model().learningRate(model().learningRate() / 2);
        }

        @Override
        public void onTrainBatchEnd(int batch, Map<String, Double> logs) {
            heard++;
            events.add("batch " + batch + " " + heard + " " + logs);
        }

        @Override
        public void onEpochEnd(int epoch, Map<String, Double> logs) {
            events.add("epoch " + epoch + " " + heard + " " + logs);
        }

        @Override
        public Map<String, Object> state() {
            return Map.of("heard", heard);
        }

        @Override
        public void restore(Map<String, Object> state) {
            heard = (Integer) state.getOrDefault("heard", 0);
        }
    }

    /** Fails at an event, as a crash of the process would: what comes after it in the list does not hear of it. */
    private static final class Crash extends Callback {

        private final int atEpoch;
        private final int atBatch;
        private int epoch;

        Crash(int atEpoch, int atBatch) {
            this.atEpoch = atEpoch;
            this.atBatch = atBatch;
        }

        @Override
        public void onEpochBegin(int index, Map<String, Double> logs) {
            epoch = index;
        }

        @Override
        public void onTrainBatchBegin(int batch, Map<String, Double> logs) {
            if (epoch == atEpoch && batch == atBatch) {
                throw new IllegalStateException("crash");
            }
        }

        @Override
        public void onTestBegin(Map<String, Double> logs) {
            if (epoch == atEpoch && atBatch == STEPS) {
                throw new IllegalStateException("crash");
            }
        }
    }

    /** Fails after the first epoch, once a recovery point within an epoch is kept that no checkpoint has come as far as. */
    private static final class CrashAfterPoint extends Callback {

        private final Path manifest;
        private int epoch;

        CrashAfterPoint(Path manifest) {
            this.manifest = manifest;
        }

        @Override
        public boolean isSynchronous() {
            return false;
        }

        @Override
        public void onEpochBegin(int index, Map<String, Double> logs) {
            epoch = index;
        }

        @Override
        public void onTrainBatchEnd(int batch, Map<String, Double> logs) {
            if (epoch == 0 || !Files.isRegularFile(manifest)) {
                return;
            }
            try {
                if (Files.readString(manifest).contains("\"ckpt-" + epoch + "-")) {
                    throw new IllegalStateException("crash");
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Stops training at an event, once: a resumed training must know of it. */
    private static final class Stop extends Callback {

        private final int atEpoch;
        private final int atBatch;
        private int epoch;

        Stop(int atEpoch, int atBatch) {
            this.atEpoch = atEpoch;
            this.atBatch = atBatch;
        }

        @Override
        public void onEpochBegin(int index, Map<String, Double> logs) {
            epoch = index;
        }

        @Override
        public void onTrainBatchEnd(int batch, Map<String, Double> logs) {
            if (epoch == atEpoch && batch == atBatch) {
                model().stopTraining();
            }
        }

        @Override
        public void onEpochEnd(int index, Map<String, Double> logs) {
            if (index == atEpoch && atBatch == STEPS) {
                model().stopTraining();
            }
        }
    }

    /** Fails at the end of training, when all checkpoints have been taken. */
    private static final class LateCrash extends Callback {
        @Override
        public void onTrainEnd(Map<String, Double> logs) {
            throw new IllegalStateException("crash");
        }
    }

    private static SparkModel model() {
        return model(ClusterConf.of().shards(2));
    }

    private static SparkModel model(ClusterConf cluster) {
        Sequential network = Sequential.of(
                Input.of(28, 28, 1),
                Conv2D.of(2, 3).strides(3).activation("relu"),
                Flatten.of(),
                Dropout.of(0.5),
                Dense.of(10).activation("softmax"));
        return SparkModel.of(network, spark).on(cluster).compile("adam", "sparse_categorical_crossentropy", "accuracy");
    }

    private record Run(SparkModel model, History history, List<String> events) {

        String sha256() {
            return model.state(0).sha256();
        }
    }

    private Run run(FitConf fit, Callback... others) {
        return run(model(), true, DIGITS.take(120), fit, others);
    }

    private static Run run(SparkModel model, boolean synchronous, DataSource data, FitConf fit, Callback... others) {
        Halving halving = new Halving(synchronous);
        List<Callback> callbacks = new ArrayList<>(List.of(halving));
        callbacks.addAll(Arrays.asList(others));
        History history = model.fit(data, fit, DIGITS.skip(120), callbacks.toArray(new Callback[0]));
        return new Run(model, history, halving.events);
    }

    /** The training that is not broken off, run once. */
    private Run whole() {
        Run known = undisturbed;
        if (known == null) {
            known = run(FIT);
            undisturbed = known;
        }
        return known;
    }

    private BackupAndRestore backup() {
        return BackupAndRestore.of(folder.resolve("backup").toString());
    }

    /** A fit that breaks off and is started again, compared with one that does not. */
    private void assertResumes(BackupAndRestore first, BackupAndRestore second, int epoch, int batch, int from) {
        Run whole = whole();
        assertThatThrownBy(() -> run(FIT, new Crash(epoch, batch), first))
                .isInstanceOf(CallbackException.class)
                .hasMessageContaining("crash");
        Run resumed = run(FIT, new Crash(-1, -1), second);

        assertThat(resumed.sha256()).isEqualTo(whole.sha256());
        assertThat(resumed.history().epoch()).isEqualTo(whole.history().epoch());
        assertThat(resumed.history().rows()).isEqualTo(whole.history().rows());
        assertThat(resumed.history().history()).isEqualTo(whole.history().history());
        assertThat(resumed.events())
                .isEqualTo(whole.events().subList(from, whole.events().size()));
        assertThat(folder.resolve("backup")).doesNotExist();
    }

    /** {@code from}: how many events (the ends of four batches and of each epoch) the newest checkpoint has behind it. */
    @ParameterizedTest
    @CsvSource({"0, 1, 1", "1, 0, 4", "1, 2, 7", "1, 4, 9", "2, 3, 13"})
    void everyStepKept_goesOnAtTheStep(int epoch, int batch, int from) {
        assertResumes(backup().saveFreq(1), backup().saveFreq(1), epoch, batch, from);
    }

    @ParameterizedTest
    @CsvSource({"2, 3, 11", "1, 1, 3"})
    void thirdStepsKept_goesOnAtTheLastOfThem(int epoch, int batch, int from) {
        assertResumes(backup().saveFreq(3), backup().saveFreq(3), epoch, batch, from);
    }

    @ParameterizedTest
    @CsvSource({"0, 3, 0", "2, 1, 10"})
    void epochsKept_goesOnWithTheEpoch(int epoch, int batch, int from) {
        assertResumes(backup(), backup(), epoch, batch, from);
    }

    /** As where the driver dies between the checkpoints that were asked for. */
    @ParameterizedTest
    @CsvSource({"MEMORY, true", "MEMORY, false", "DRIVER, false", "NETWORK, true", "NETWORK, false"})
    void recoveryPointWithinAnEpoch_goesOnThere(Exchange exchange, boolean synchronous) {
        // Over the network, where nobody waits, steps are reported within 50 ms: an epoch must last longer, on any
        // machine.
        boolean isSoon = exchange == Exchange.NETWORK && !synchronous;
        DataSource data = SyntheticDigits.of(isSoon ? 3000 : 120, 1);
        FitConf fit = FIT.batchSize(2).epochs(4);
        Run whole = run(model(), synchronous, data, fit);
        ClusterConf often = ClusterConf.of()
                .shards(2)
                .exchange(exchange)
                .network(NetworkConf.of().recoveryInterval(1e-6));
        Path manifest = folder.resolve("backup/recovery/manifest.json");
        assertThatThrownBy(() -> run(model(often), synchronous, data, fit, new CrashAfterPoint(manifest), backup()))
                .isInstanceOf(CallbackException.class)
                .hasMessageContaining("crash");
        awaitNoWriter();
        Run resumed = run(model(often), synchronous, data, fit, new CrashAfterPoint(folder), backup());

        assertThat(resumed.sha256()).isEqualTo(whole.sha256());
        assertThat(resumed.history().history()).isEqualTo(whole.history().history());
        assertThat(resumed.events().get(0)).startsWith("batch ").doesNotStartWith("batch 0");
        int done = whole.events().size() - resumed.events().size();
        assertThat(resumed.events())
                .isEqualTo(whole.events().subList(done, whole.events().size()));
        assertThat(folder.resolve("backup")).doesNotExist();
    }

    /** A process that dies takes the thread that writes with it; here it goes on. */
    private static void awaitNoWriter() {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("lockstep-recovery-point"))) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    @Test
    void otherNumberOfThreads_isAnotherRun() {
        assertThatThrownBy(() -> run(FIT, new Crash(1, 1), backup())).hasMessageContaining("crash");
        SparkModel model = model(ClusterConf.of().shards(2).threadsPerShard(2));
        assertThatThrownBy(() -> model.fit(DIGITS.take(120), FIT, DIGITS.skip(120), backup()))
                .hasMessageContaining("Cannot resume from")
                .hasMessageContaining(
                        "it is of another run: fit.threads_per_shard was 1, and is 2. Set it as it was, or use another folder");
    }

    @Test
    void stoppedWithinAnEpoch_staysStopped() {
        Run whole = run(FIT, new Stop(1, 1));
        assertThatThrownBy(() -> run(FIT, new Stop(1, 1), new Crash(1, STEPS), backup().saveFreq(1)))
                .hasMessageContaining("crash");
        Run resumed = run(FIT, new Stop(1, 1), backup().saveFreq(1));

        assertThat(resumed.sha256()).isEqualTo(whole.sha256());
        assertThat(resumed.history().history()).isEqualTo(whole.history().history());
        assertThat(resumed.history().epoch()).containsExactly(0, 1);
    }

    @Test
    void stoppedBetweenEpochs_nothingIsLeftToDo() {
        Run whole = run(FIT, new Stop(1, STEPS));
        assertThatThrownBy(() -> run(FIT, new Stop(1, STEPS), new LateCrash(), backup()))
                .hasMessageContaining("crash");
        Run resumed = run(FIT, new Stop(1, STEPS), backup());

        assertThat(resumed.sha256()).isEqualTo(whole.sha256());
        assertThat(resumed.history().history()).isEqualTo(whole.history().history());
        assertThat(resumed.events()).isEmpty();
    }

    @Test
    void endedTraining_goesOnForMoreEpochs() {
        Run whole = whole();
        run(FIT.epochs(2), backup().deleteCheckpoint(false));
        Run more = run(FIT, backup());
        assertThat(more.sha256()).isEqualTo(whole.sha256());
        assertThat(more.events()).hasSize(STEPS + 1);
        assertThat(more.history().history()).isEqualTo(whole.history().history());
    }

    @Test
    void otherSettings_areRefusedBeforeAnyStep() {
        run(FIT.epochs(1), backup().deleteCheckpoint(false));
        assertThatThrownBy(() -> run(FIT.batchSize(16), backup()))
                .isInstanceOf(CallbackException.class)
                .hasMessageContaining("fit.batch_size was 32, and is 16");
    }

    @Test
    void missingCallback_isRefused() {
        run(FIT.epochs(1), backup().deleteCheckpoint(false));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model().fit(DIGITS.take(120), FIT, DIGITS.skip(120), backup()))
                .withMessageContaining("knows a callback " + Halving.class.getName() + " that is missing here");
    }

    @Test
    void folderThatCannotBeWritten_failsInTheCallbacksNameAndTheModelHasItsState() throws IOException {
        Path file = folder.resolve("backup");
        SparkModel model = model();
        Callback blocker = new Callback() {
            @Override
            public void onTrainBatchEnd(int batch, Map<String, Double> logs) {
                if (batch == 2) {
                    try {
                        Files.createFile(file);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
            }
        };
        assertThatThrownBy(() -> model.fit(DIGITS.take(120), FIT, blocker, backup().saveFreq(3)))
                .isInstanceOf(CallbackException.class)
                .hasMessageStartingWith(
                        "Cannot go on training: callback BackupAndRestore failed: Cannot keep checkpoint ckpt-0-3: Cannot make folder "
                                + file);
        assertThat(model.state(0).iterations()).isEqualTo(3);
        assertThat(model.state(0).cursor()).isNull();
    }
}
