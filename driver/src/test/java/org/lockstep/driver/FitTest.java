package org.lockstep.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lockstep.callbacks.Callback;
import org.lockstep.callbacks.CallbackException;
import org.lockstep.callbacks.History;
import org.lockstep.callbacks.TerminateOnNaN;
import org.lockstep.conf.ClusterConf;
import org.lockstep.conf.ClusterConf.Exchange;
import org.lockstep.conf.FitConf;
import org.lockstep.conf.Verbose;
import org.lockstep.data.Batch;
import org.lockstep.data.Sequence;
import org.lockstep.data.Tensor;
import org.lockstep.data.TrainingData;
import org.lockstep.data.array.ArraySource;
import org.lockstep.driver.checkpoint.Checkpoint;
import org.lockstep.driver.checkpoint.Resumable;
import org.lockstep.driver.launch.TrainingException;
import org.lockstep.executor.spark.ResidentRuns;
import org.lockstep.layers.Conv2D;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Dropout;
import org.lockstep.layers.Flatten;
import org.lockstep.layers.Input;
import org.lockstep.model.Sequential;

@Timeout(120)
class FitTest {

    private static final Sequential NET = Sequential.of(
            Input.of(Samples.SIDE, Samples.SIDE, 1),
            Conv2D.of(4, 3).activation("relu"),
            Flatten.of(),
            Dropout.of(0.2),
            Dense.of(Samples.CLASSES).activation("softmax"));
    private static final FitConf OWN_BATCHES = FitConf.of().epochs(3).seed(1).verbose(Verbose.SILENT);
    private static final FitConf FIT = OWN_BATCHES.batchSize(16);

    private static JavaSparkContext spark;

    @BeforeAll
    static void start() {
        spark = LocalSpark.start("local[2]");
    }

    @AfterAll
    static void stop() {
        assertThat(ResidentRuns.count()).isZero();
        spark.stop();
    }

    private static SparkModel model(int shards, Exchange exchange) {
        return SparkModel.of(NET, spark)
                .on(ClusterConf.of().shards(shards).exchange(exchange))
                .compile("adam", "sparse_categorical_crossentropy", "accuracy");
    }

    private static SparkModel model(int shards) {
        return model(shards, Exchange.MEMORY);
    }

    private static String bits(TrainingData data, FitConf fit, Exchange exchange, Callback... callbacks) {
        SparkModel model = model(3, exchange);
        model.fit(data, fit, callbacks);
        return model.live().numbersSha256();
    }

    @Test
    void fit_sequenceOnOneShard_equalsTheSameSamplesOfASource() {
        SparkModel sequence = model(1);
        sequence.fit(new Cut(50, 16), OWN_BATCHES.shuffle(false));
        SparkModel source = model(1);
        source.fit(Samples.of(50), FIT.shuffle(false));
        assertThat(sequence.live().numbersSha256()).isEqualTo(source.live().numbersSha256());
    }

    @Test
    void fit_sequence_anyWorkersAndExchange_givesTheSameBits() {
        Cut data = new Cut(70, 8);
        FitConf fit = OWN_BATCHES;
        String expected = bits(data, fit, Exchange.MEMORY);
        assertThat(bits(data, fit, Exchange.DRIVER)).isEqualTo(expected);
        assertThat(bits(data, fit.workers(4).maxQueueSize(3), Exchange.MEMORY)).isEqualTo(expected);
        assertThat(bits(data, fit.workers(0), Exchange.MEMORY)).isEqualTo(expected);
        assertThat(bits(data, fit.shuffle(false), Exchange.MEMORY)).isNotEqualTo(expected);
    }

    @Test
    void fit_stepsFewerThanBatches_updatesCountBatchesByShards() {
        List<Integer> batches = new ArrayList<>();
        Callback counting = new Callback() {
            @Override
            public void onTrainBatchEnd(int batch, Map<String, Double> logs) {
                batches.add(batch);
            }
        };
        SparkModel model = model(2);
        History history = model.fit(new Cut(80, 8), OWN_BATCHES.stepsPerEpoch(5).epochs(2), counting);
        assertThat(batches).containsExactly(0, 1, 2, 0, 1, 2);
        assertThat(model.live().iterations()).isEqualTo(6);
        assertThat(history.warnings()).isEmpty();
    }

    @Test
    void fitGenerator_everyArgument_trainsAndValidates() {
        Cut data = new Cut(64, 8);
        SparkModel model = model(2);
        History history = model.fitGenerator(
                data.generator(),
                8,
                5,
                Verbose.SILENT,
                List.of(),
                new Cut(20, 8),
                2,
                Map.of(0, 1.0, 1, 2.0, 2, 1.0, 3, 0.5),
                4,
                2,
                false,
                true,
                2);
        assertThat(history.epoch()).containsExactly(2, 3, 4);
        assertThat(history.history().keySet()).containsExactly("loss", "accuracy", "val_loss", "val_accuracy");
        assertThat(model.live().iterations()).isEqualTo(12);
    }

    @Test
    void fitGenerator_generatorWithoutSteps_refusedInKerassWords() {
        assertThatThrownBy(() -> model(1).fitGenerator(new Cut(8, 8).generator(), OWN_BATCHES, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("`steps_per_epoch=None` is only valid for a generator based on the");
    }

    @Test
    void fit_classWeight_weighsTheLossOfTrainingOnly() {
        ArraySource data = Samples.of(32);
        FitConf once = FIT.batchSize(32).epochs(1).shuffle(false);
        double plain = model(1).fit(data, once, data).last("loss");
        Map<Integer, Double> twice = Map.of(0, 2.0, 1, 2.0, 2, 2.0, 3, 2.0);
        History weighted = model(1).fit(data, once.classWeight(twice), data);
        assertThat(weighted.last("loss")).isEqualTo(2 * plain, org.assertj.core.api.Assertions.within(1e-6));
        assertThat(weighted.last("val_loss")).isLessThan(1.5 * plain);
        assertThatThrownBy(() -> model(1).fit(
                                new Cut(8, 8).generator(),
                                OWN_BATCHES.stepsPerEpoch(1).classWeight(twice)))
                .hasMessageContaining("`class_weight` is not supported for Python generator inputs.");
        ArraySource weightedData = ArraySource.of(Samples.x(4), Samples.y(4), Tensor.of(new int[] {4}, 1, 1, 1, 1));
        assertThatThrownBy(() -> model(1).fit(weightedData, once.classWeight(twice)))
                .hasMessageContaining("You cannot `class_weight` and `sample_weight` at the same time.");
    }

    @Test
    void fit_validationSplitAndFreq_holdOutTheLastSamplesInTheirEpochs() {
        SparkModel split = model(2);
        History history = split.fit(Samples.of(40), FIT.validationSplit(0.25).validationFreq(2));
        SparkModel given = model(2);
        History expected =
                given.fit(Samples.of(40).take(30), FIT, Samples.of(40).skip(30));
        assertThat(split.live().numbersSha256()).isEqualTo(given.live().numbersSha256());
        assertThat(history.get("val_loss"))
                .containsExactly(expected.get("val_loss").get(1));
        assertThatThrownBy(() -> model(1).fit(Samples.of(2), FIT.validationSplit(0.9)))
                .hasMessageContaining("which is not sufficient to split it");
    }

    @ParameterizedTest
    @EnumSource(
            value = Exchange.class,
            names = {"MEMORY", "DRIVER"})
    void fit_callbackStopsAtAStep_endsExactlyThere(Exchange exchange) {
        SparkModel model = model(2, exchange);
        History history = model.fit(Samples.of(100), FIT, Samples.of(20), new Callback() {
            @Override
            public void onTrainBatchEnd(int batch, Map<String, Double> logs) {
                if (batch == 2) {
                    model().stopTraining();
                }
            }
        });
        assertThat(model.live().iterations()).isEqualTo(3);
        assertThat(history.epoch()).containsExactly(0);
        assertThat(history.history()).containsKey("val_loss");
    }

    @Test
    void fit_callbackChangesTheLearningRateAtAStep_isExact() {
        SparkModel model = model(2);
        List<Tensor> seen = new ArrayList<>();
        model.fit(Samples.of(100), FIT.epochs(1), new Callback() {
            @Override
            public void onTrainBatchBegin(int batch, Map<String, Double> logs) {
                if (batch == 3) {
                    seen.addAll(model().getWeights());
                    model().learningRate(0);
                }
            }
        });
        assertThat(model.getWeights()).isEqualTo(seen);
        assertThat(model.live().iterations()).isEqualTo(7);
    }

    @ParameterizedTest
    @EnumSource(
            value = Exchange.class,
            names = {"MEMORY", "DRIVER"})
    void fit_callbackThrowsAtAStep_failsInItsNameAndKeepsTheState(Exchange exchange) {
        SparkModel model = model(2, exchange);
        assertThatThrownBy(() -> model.fit(Samples.of(100), FIT, new Throwing()))
                .isInstanceOf(CallbackException.class)
                .hasMessage("Cannot go on training: callback Throwing failed: no more");
        assertThat(model.live().iterations()).isEqualTo(5);
    }

    private static final class Throwing extends Callback {

        @Override
        public void onTrainBatchEnd(int batch, Map<String, Double> logs) {
            if (batch == 4) {
                throw new IllegalStateException("no more");
            }
        }
    }

    @Test
    void fit_gradientNotFinite_failsOrEndsWhereSomebodyWaitsForIt() {
        Tensor x = Samples.x(48);
        x.values()[40 * Samples.SIDE * Samples.SIDE] = Float.NaN;
        ArraySource data = ArraySource.of(x, Samples.y(48));
        FitConf fit = FIT.shuffle(false);
        assertThatThrownBy(() -> model(2).fit(data, fit))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("at step 3");
        SparkModel model = model(2);
        History history = model.fit(data, fit, TerminateOnNaN.of());
        assertThat(history.epoch()).containsExactly(0);
        assertThat(history.last("loss")).isNaN();
        assertThat(model.live().iterations()).isEqualTo(2);
        assertThat(model.evaluate(Samples.of(10)).get("loss")).isFinite();
    }

    @ParameterizedTest
    @EnumSource(
            value = Exchange.class,
            names = {"MEMORY", "DRIVER"})
    void report_afterAFit_tellsOfTimesQueuesAndPredictions(Exchange exchange, @TempDir Path folder) throws Exception {
        History history = model(2, exchange).fit(Samples.of(100), FIT, Samples.of(40));
        Path page = folder.resolve("run.html");
        history.report(page.toString());
        String text = Files.readString(page);
        assertThat(text).contains("Shards", "sparse_categorical_crossentropy", "val_accuracy", "onfusion");
        assertThat(text).doesNotContain("There are no held-out samples").doesNotContain("NaN");
        history.plot(folder.resolve("curves.svg").toString());
        assertThat(folder.resolve("curves.svg")).isNotEmptyFile();
    }

    @Test
    void fit_sequenceFails_namesShardEpochBatchAndCause() {
        assertThatThrownBy(() -> model(2).fit(new Broken(), OWN_BATCHES.shuffle(false)))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("Cannot get batch 1 of epoch 1 of shard 1: index 3: record 17 is broken");
    }

    private record Broken() implements Sequence {

        @Override
        public int length() {
            return 4;
        }

        @Override
        public Batch get(int index) {
            if (index == 3) {
                throw new IllegalStateException("record 17 is broken");
            }
            return new Cut(8, 2).get(index);
        }
    }

    /** Keeps the checkpoint of one step, or goes on from one. */
    private static final class Keeping extends Callback {

        private final int epoch;
        private final int batch;
        private final @Nullable Checkpoint from;
        private @Nullable Checkpoint kept;
        private int current;
        private int updates;

        Keeping(int epoch, int batch, @Nullable Checkpoint from) {
            this.epoch = epoch;
            this.batch = batch;
            this.from = from;
        }

        @Override
        public void onTrainBegin(Map<String, Double> logs) {
            if (from != null) {
                ((Resumable) model()).resumeFrom(from);
            }
        }

        @Override
        public void onEpochBegin(int index, Map<String, Double> logs) {
            current = index;
        }

        @Override
        public void onTrainBatchEnd(int index, Map<String, Double> logs) {
            if (current == epoch) {
                updates++;
            }
            if (current == epoch && index == batch) {
                ((Resumable) model()).keep(checkpoint -> kept = checkpoint);
            }
        }

        @Override
        public void onEpochEnd(int index, Map<String, Double> logs) {
            if (index == epoch && batch < 0) {
                ((Resumable) model()).keep(checkpoint -> kept = checkpoint);
            }
        }
    }

    /** In the middle of an epoch, at an epoch's last step before its validation, and between epochs. */
    @Test
    void fit_resumedFromACheckpoint_endsWithTheSameBitsAndHistory() {
        for (TrainingData data : List.of(Samples.of(100), new Cut(100, 8), new Cut(50, 8).generator())) {
            FitConf fit = (data instanceof ArraySource ? FIT : OWN_BATCHES)
                    .stepsPerEpoch(7)
                    .epochs(4);
            for (int batch : new int[] {1, 3, 6, -1}) {
                SparkModel undisturbed = model(2);
                Keeping keeping = new Keeping(1, batch, null);
                History expected = undisturbed.fit(data, fit, Samples.of(20), keeping);
                assertThat(keeping.kept == null)
                        .as("%s at %d of %d", data, batch, keeping.updates)
                        .isEqualTo(batch >= keeping.updates);
                if (keeping.kept == null) {
                    continue;
                }
                SparkModel resumed = model(2);
                History history = resumed.fit(data, fit, Samples.of(20), new Keeping(9, 0, keeping.kept));
                assertThat(resumed.live().numbersSha256())
                        .as("%s at %d", data, batch)
                        .isEqualTo(undisturbed.live().numbersSha256());
                assertThat(history.history()).isEqualTo(expected.history());
                assertThat(history.epoch()).isEqualTo(expected.epoch());
            }
        }
    }
}
