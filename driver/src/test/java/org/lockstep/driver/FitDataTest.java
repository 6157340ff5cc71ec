package org.lockstep.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Iterator;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lockstep.callbacks.History;
import org.lockstep.conf.ClusterConf;
import org.lockstep.conf.FitConf;
import org.lockstep.conf.Verbose;
import org.lockstep.data.Batch;
import org.lockstep.data.BatchGenerator;
import org.lockstep.data.Sequence;
import org.lockstep.data.ShardedSequence;
import org.lockstep.data.Tensor;
import org.lockstep.data.TrainingData;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Flatten;
import org.lockstep.layers.Input;
import org.lockstep.model.Sequential;

/** What fits and evaluations take of the several kinds of data. */
@Timeout(120)
class FitDataTest {

    private static final Sequential NET = Sequential.of(
            Input.of(Samples.SIDE, Samples.SIDE, 1),
            Flatten.of(),
            Dense.of(Samples.CLASSES).activation("softmax"));
    private static final FitConf FIT = FitConf.of().epochs(2).seed(1).verbose(Verbose.SILENT);

    private static JavaSparkContext spark;

    @BeforeAll
    static void start() {
        spark = LocalSpark.start("local[2]");
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    private static SparkModel model(int shards) {
        return SparkModel.of(NET, spark)
                .on(ClusterConf.of().shards(shards))
                .compile("sgd", "sparse_categorical_crossentropy", "accuracy");
    }

    private static String bits(TrainingData data, FitConf fit) {
        SparkModel model = model(2);
        model.fit(data, fit);
        return model.live().numbersSha256();
    }

    /** Every second batch of a cut. */
    private record Half(Cut cut, int shard, int shards) implements Sequence {

        @Override
        public int length() {
            return (cut.length() - shard + shards - 1) / shards;
        }

        @Override
        public Batch get(int index) {
            return cut.get(index * shards + shard);
        }
    }

    @Test
    void fit_shardedSequence_equalsTheSequenceOfItsBatches() {
        Cut whole = new Cut(35, 5);
        ShardedSequence sharded = (shard, shards) -> new Half(whole, shard, shards);
        FitConf fit = FIT.shuffle(false);
        assertThat(bits(sharded, fit)).isEqualTo(bits(whole, fit));
        assertThat(bits(sharded, fit.workers(0))).isEqualTo(bits(whole, fit));
        assertThat(bits(sharded, FIT)).isNotEqualTo(bits(sharded, fit));
    }

    @Test
    void fit_generatorOfEachShard_equalsTheSequenceOfItsBatches() {
        Cut whole = new Cut(40, 5);
        BatchGenerator own = (shard, shards, seed, epoch) -> IntStream.range(0, 4)
                .mapToObj(i -> whole.get(i * shards + shard))
                .iterator();
        FitConf fit = FIT.epochs(1).shuffle(false);
        assertThat(bits(own, fit.stepsPerEpoch(8))).isEqualTo(bits(whole, fit));
        assertThat(bits(own, fit.epochs(2).stepsPerEpoch(4)))
                .isEqualTo(bits(whole, fit.epochs(2).stepsPerEpoch(4)));
    }

    /** The data's own order, though training is shuffled, and its first samples, each time. */
    @Test
    void fit_validationStepsOfShuffledTraining_validatesTheFirstBatchesInOrder() {
        FitConf fit = FIT.epochs(1).validationSteps(2);
        for (TrainingData held : new TrainingData[] {Samples.of(60), new Cut(60, 5)}) {
            boolean isSource = !(held instanceof Cut);
            SparkModel model = model(2);
            History history = model.fit(new Cut(20, 5), isSource ? fit.validationBatchSize(5) : fit, held);
            assertThat(history.last("val_loss"))
                    .as("%s", held)
                    .isEqualTo(model.evaluate(Samples.of(10), FIT.batchSize(5)).get("loss"), within(1e-6));
        }
    }

    @Test
    void fit_batchSizeOfDataThatBringTheirBatches_isRefused() {
        Cut cut = new Cut(8, 4);
        String words = "The `batch_size` argument must not be specified for the given input type. Received input: ";
        for (TrainingData data : new TrainingData[] {cut, cut.generator(), (ShardedSequence) (shard, shards) -> cut}) {
            assertThatThrownBy(() -> model(1).fit(data, FIT.batchSize(4)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith(words)
                    .hasMessageEndingWith("batch_size: 4");
            assertThatThrownBy(() -> model(1).evaluate(data, FIT.batchSize(4))).hasMessageStartingWith(words);
        }
        assertThatThrownBy(() -> model(1).fitGenerator(cut, FIT.batchSize(4), cut))
                .hasMessageStartingWith(words);
        assertThatThrownBy(() -> model(1).fit(Samples.of(8), FIT.validationBatchSize(4), cut))
                .hasMessageStartingWith("The `validation_batch_size` argument must not be specified");
        // Here it is the size of the validation's batches.
        assertThat(model(1).fit(cut, FIT.batchSize(4), Samples.of(8)).history()).containsKey("val_loss");
    }

    @Test
    void fit_validationSplitOfASequence_isRefusedInKerassWords() {
        assertThatThrownBy(() -> model(1).fit(new Cut(8, 4), FIT.validationSplit(0.5)))
                .hasMessageStartingWith("Argument `validation_split` is only supported for tensors or NumPy arrays.")
                .hasMessageContaining("type in the input: [org.lockstep.driver.Cut]");
        assertThatThrownBy(() -> model(1).fitGenerator(new Cut(8, 4), FIT.validationSplit(0.5), null))
                .hasMessageStartingWith("`validation_split` is only supported for Tensors or NumPy arrays, found");
    }

    @Test
    void fit_noEpochs_returnsAtOnce() {
        SparkModel model = model(2);
        History history = model.fit(new Cut(8, 4), FIT.epochs(0), new Cut(8, 4));
        assertThat(history.epoch()).isEmpty();
        assertThat(history.history()).isEmpty();
        assertThat(model.live().iterations()).isZero();
        assertThat(model.fitGenerator(new Cut(8, 4), FIT.epochs(2).initialEpoch(3), null)
                        .epoch())
                .isEmpty();
    }

    private record Finite(Cut cut) implements BatchGenerator.Stream {

        @Override
        public Iterator<Batch> iterator(long seed, int epoch) {
            return IntStream.range(0, cut.length()).mapToObj(cut::get).iterator();
        }
    }

    @Test
    void fitGenerator_endlessEpoch_endsWithTheStream() {
        BatchGenerator data = BatchGenerator.dealt(new Finite(new Cut(20, 4)));
        SparkModel model = model(1);
        History once = model.fitGenerator(data, FIT.epochs(1).stepsPerEpoch(-1), null);
        assertThat(once.epoch()).containsExactly(0);
        assertThat(model.live().iterations()).isEqualTo(5);
        assertThat(once.warnings())
                .singleElement()
                .asString()
                .startsWith("The training loop will run indefinitely since you have set `steps_per_epoch=-1`.");
        History more = model.fitGenerator(data, FIT.epochs(4).stepsPerEpoch(-1), null);
        assertThat(more.epoch()).containsExactly(0, 1);
        assertThat(more.warnings()).hasSize(2).last().asString().contains("ran out of data");
    }

    @Test
    void fitGenerator_validationGeneratorWithoutSteps_isDrawnToItsEndOnce() {
        BatchGenerator held = BatchGenerator.dealt(new Finite(new Cut(20, 4)));
        SparkModel model = model(2);
        History history = model.fitGenerator(new Cut(8, 4), FIT.epochs(1), held);
        assertThat(history.last("val_loss"))
                .isEqualTo(model.evaluate(Samples.of(20), FIT.batchSize(4)).get("loss"), within(1e-6));
        assertThat(history.warnings()).isEmpty();

        History twice = model(2).fitGenerator(new Cut(8, 4), FIT, held);
        assertThat(twice.get("val_loss").get(0)).isPositive();
        assertThat(twice.get("val_loss").get(1)).isZero();
        assertThat(twice.warnings()).singleElement().asString().startsWith("Your input ran out of data");
    }

    /** Doubles its inputs at every end of an epoch: those of the first epoch are doubled by Keras 3's rehearsal. */
    private static final class Doubling implements Sequence {

        private final Cut cut = new Cut(8, 4);
        private float factor = 1;

        @Override
        public int length() {
            return cut.length();
        }

        @Override
        public Batch get(int index) {
            Batch batch = cut.get(index);
            return new Batch(times(batch.x(), factor), batch.y());
        }

        @Override
        public void onEpochEnd() {
            factor *= 2;
        }
    }

    private static Tensor times(Tensor x, float factor) {
        float[] values = x.values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] *= factor;
        }
        return Tensor.of(x.shape(), values);
    }

    private record Twice(Cut cut, float factor) implements Sequence {

        @Override
        public int length() {
            return cut.length();
        }

        @Override
        public Batch get(int index) {
            Batch batch = cut.get(index);
            return new Batch(times(batch.x(), factor), batch.y());
        }
    }

    @Test
    void fit_sequenceThatChangesAtAnEpochsEnd_hasHeardOneMoreThanInFitGenerator() {
        FitConf fit = FIT.epochs(1).shuffle(false);
        assertThat(bits(new Doubling(), fit)).isEqualTo(bits(new Twice(new Cut(8, 4), 2), fit));
        SparkModel older = model(2);
        older.fitGenerator(new Doubling(), fit, null);
        assertThat(older.live().numbersSha256()).isEqualTo(bits(new Cut(8, 4), fit));
    }
}
