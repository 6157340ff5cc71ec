package org.lockstep.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lockstep.callbacks.BackupAndRestore;
import org.lockstep.callbacks.Callback;
import org.lockstep.callbacks.CallbackException;
import org.lockstep.callbacks.History;
import org.lockstep.conf.ClusterConf;
import org.lockstep.conf.FitConf;
import org.lockstep.conf.Verbose;
import org.lockstep.data.Batch;
import org.lockstep.data.BatchGenerator;
import org.lockstep.data.ShardedSequence;
import org.lockstep.data.TrainingData;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Dropout;
import org.lockstep.layers.Flatten;
import org.lockstep.layers.Input;
import org.lockstep.model.Sequential;

/** Trainings on user-written data that are broken off and go on from their checkpoint files, at every step. */
@Timeout(180)
class ResumeDataTest {

    private static final Sequential NET = Sequential.of(
            Input.of(Samples.SIDE, Samples.SIDE, 1),
            Flatten.of(),
            Dropout.of(0.3),
            Dense.of(Samples.CLASSES).activation("softmax"));
    private static final FitConf FIT =
            FitConf.of().stepsPerEpoch(3).epochs(4).seed(5).verbose(Verbose.SILENT);
    private static final Cut HELD = new Cut(10, 5);

    private static JavaSparkContext spark;

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

    /** The batches of a cut, once. */
    private record Finite(Cut cut) implements BatchGenerator.Stream {

        @Override
        public Iterator<Batch> iterator(long seed, int epoch) {
            return IntStream.range(0, cut.length()).mapToObj(cut::get).iterator();
        }
    }

    /** Data whose epochs end in different ways. */
    enum Kind {
        /** A pass of 5 batches goes on over epochs: 3, 2, 3, 2 batches. */
        SEQUENCE,
        SHARDED,
        ENDLESS,
        /** Seven batches: the third epoch runs dry, and the fourth has the two that Keras 3 has peeked at. */
        DRY;

        TrainingData data() {
            return switch (this) {
                case SEQUENCE -> new Cut(25, 5);
                case SHARDED -> (ShardedSequence) (shard, shards) -> new Cut(shard == 0 ? 10 : 15, 5);
                case ENDLESS -> new Cut(25, 5).generator();
                case DRY -> BatchGenerator.dealt(new Finite(new Cut(35, 5)));
            };
        }

        /** The updates of the epochs, with two shards. */
        int updates() {
            return switch (this) {
                case SEQUENCE -> 2 + 1 + 2 + 1;
                case SHARDED, ENDLESS -> 2 + 2 + 2 + 2;
                case DRY -> 2 + 2 + 1 + 1;
            };
        }
    }

    /** Fails when so many updates have ended and another begins; counts those that end. */
    private static final class Crash extends Callback {

        private final int at;
        private int ended;

        Crash(int at) {
            this.at = at;
        }

        @Override
        public void onTrainBatchBegin(int batch, Map<String, Double> logs) {
            if (ended == at) {
                throw new IllegalStateException("crash");
            }
        }

        @Override
        public void onTrainBatchEnd(int batch, Map<String, Double> logs) {
            ended++;
        }
    }

    private record Run(SparkModel model, History history) {}

    private Run run(TrainingData data, boolean isOfTfKeras, Callback... callbacks) {
        SparkModel model = SparkModel.of(NET, spark)
                .on(ClusterConf.of().shards(2))
                .compile("adam", "sparse_categorical_crossentropy", "accuracy");
        History history =
                isOfTfKeras ? model.fitGenerator(data, FIT, HELD, callbacks) : model.fit(data, FIT, HELD, callbacks);
        return new Run(model, history);
    }

    private BackupAndRestore backup(int at) {
        return BackupAndRestore.of(folder.resolve("backup-" + at).toString()).saveFreq(1);
    }

    /** A stream that ends has one more step begin than end. */
    private void assertResumes(TrainingData data, boolean isOfTfKeras, int updates, int last) {
        Crash never = new Crash(-1);
        Run whole = run(data, isOfTfKeras, never);
        assertThat(never.ended).isEqualTo(updates);
        for (int at = 1; at <= last; at++) {
            int place = at;
            assertThatThrownBy(() -> run(data, isOfTfKeras, new Crash(place), backup(place)))
                    .isInstanceOf(CallbackException.class)
                    .hasMessageContaining("crash");
            assertThat(folder.resolve("backup-" + at)).isNotEmptyDirectory();
            Crash rest = new Crash(-1);
            Run resumed = run(data, isOfTfKeras, rest, backup(at));

            assertThat(rest.ended).as("updates after %d", at).isEqualTo(updates - at);
            assertThat(resumed.model().live().numbersSha256())
                    .as("resumed after update %d", at)
                    .isEqualTo(whole.model().live().numbersSha256());
            assertThat(resumed.history().history()).isEqualTo(whole.history().history());
            assertThat(resumed.history().epoch()).isEqualTo(whole.history().epoch());
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void fit_brokenOffAtAnyUpdate_endsWithTheSameBitsAndHistory(Kind kind) {
        int updates = kind.updates();
        assertResumes(kind.data(), false, updates, kind == Kind.DRY ? updates : updates - 1);
    }

    @Test
    void fitGenerator_streamThatRunsDry_endsWithTheSameBitsAndHistory() {
        assertResumes(Kind.DRY.data(), true, 5, 5);
    }

    private record Named(Cut cut, String fingerprint) implements org.lockstep.data.Sequence {

        @Override
        public int length() {
            return cut.length();
        }

        @Override
        public Batch get(int index) {
            return cut.get(index);
        }
    }

    @Test
    void fit_otherDataOfTheSameClassAndLength_areRefused() {
        TrainingData first = new Named(new Cut(25, 5), "photographs of May");
        assertThatThrownBy(() -> run(first, false, new Crash(2), backup(2))).hasMessageContaining("crash");
        assertThatThrownBy(() -> run(new Named(new Cut(25, 5), "of June"), false, new Crash(-1), backup(2)))
                .hasMessageContaining("fit.data_fingerprint was \"photographs of May\", and is \"of June\"");
    }
}
