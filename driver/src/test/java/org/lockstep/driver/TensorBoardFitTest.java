package org.lockstep.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lockstep.callbacks.BackupAndRestore;
import org.lockstep.callbacks.Callback;
import org.lockstep.callbacks.History;
import org.lockstep.callbacks.TensorBoard;
import org.lockstep.callbacks.tensorboard.EventReader;
import org.lockstep.callbacks.tensorboard.EventReader.Point;
import org.lockstep.conf.ClusterConf;
import org.lockstep.conf.FitConf;
import org.lockstep.conf.Verbose;
import org.lockstep.conf.json.KerasJson;
import org.lockstep.data.DataSource;
import org.lockstep.data.Tensor;
import org.lockstep.layers.BatchNormalization;
import org.lockstep.layers.Conv2D;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Flatten;
import org.lockstep.layers.Input;
import org.lockstep.model.Sequential;

/** What a fit leaves for TensorBoard. */
class TensorBoardFitTest {

    private static final DataSource DATA = Samples.of(80);
    private static final DataSource TRAINING = DATA.take(64);
    private static final DataSource HELD_OUT = DATA.skip(64);
    private static final int STEPS = 4;
    private static final FitConf FIT =
            FitConf.of().batchSize(16).epochs(2).seed(3).verbose(Verbose.SILENT);

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

    private static SparkModel model() {
        Sequential network = Sequential.of(
                Input.of(Samples.SIDE, Samples.SIDE, 1),
                Conv2D.of(4, 3).activation("relu"),
                BatchNormalization.of(),
                Flatten.of(),
                Dense.of(Samples.CLASSES).activation("softmax"));
        return SparkModel.of(network, spark)
                .on(ClusterConf.of().shards(2))
                .compile("adam", "sparse_categorical_crossentropy", "accuracy");
    }

    private TensorBoard board() {
        return TensorBoard.of(folder.resolve("logs").toString());
    }

    private List<Point> read(String part) {
        return EventReader.read(folder.resolve("logs").resolve(part));
    }

    private static Set<String> tags(List<Point> points) {
        return points.stream().map(Point::tag).collect(TreeSet::new, Set::add, Set::addAll);
    }

    /** A scalar's values by step. */
    private static Map<Long, Float> values(List<Point> points, String tag) {
        Map<Long, Float> values = new LinkedHashMap<>();
        points.stream()
                .filter(point -> point.tag().equals(tag))
                .forEach(point ->
                        assertThat(values.put(point.step(), point.scalar())).isNull());
        return values;
    }

    private static Map<Long, Float> epochs(History history, String log) {
        Map<Long, Float> values = new LinkedHashMap<>();
        history.get(log).forEach(value -> values.put((long) values.size(), value.floatValue()));
        return values;
    }

    @Test
    void fit_byDefault_writesEpochsAndTheModel() {
        SparkModel model = model();
        History history = model.fit(TRAINING, FIT, HELD_OUT, board());

        List<Point> train = read("train");
        assertThat(tags(train)).containsExactly("epoch_accuracy", "epoch_learning_rate", "epoch_loss", "keras");
        assertThat(values(train, "epoch_loss")).isEqualTo(epochs(history, "loss"));
        assertThat(values(train, "epoch_accuracy")).isEqualTo(epochs(history, "accuracy"));
        assertThat(values(train, "epoch_learning_rate")).isEqualTo(Map.of(0L, 0.001f, 1L, 0.001f));

        List<Point> validation = read("validation");
        assertThat(tags(validation))
                .containsExactly(
                        "epoch_accuracy",
                        "epoch_loss",
                        "evaluation_accuracy_vs_iterations",
                        "evaluation_loss_vs_iterations");
        assertThat(values(validation, "epoch_loss")).isEqualTo(epochs(history, "val_loss"));
        assertThat(values(validation, "evaluation_accuracy_vs_iterations"))
                .isEqualTo(Map.of(
                        (long) STEPS,
                        history.get("val_accuracy").get(0).floatValue(),
                        2L * STEPS,
                        history.get("val_accuracy").get(1).floatValue()));
    }

    @Test
    void fit_byDefault_writesTheModelInKerassJson() {
        SparkModel model = model();
        model.fit(TRAINING, FIT.epochs(1), board());
        Point keras = read("train").get(0);
        assertThat(keras.tag()).isEqualTo("keras");
        assertThat(keras.step()).isZero();
        assertThat(keras.plugin()).isEqualTo("graph_keras_model");
        assertThat(keras.value().getMetadata().getPluginData().getContent().toStringUtf8())
                .isEqualTo("1");
        assertThat(keras.shape()).isEmpty();
        assertThat(keras.strings()).hasSize(1);
        assertThat(KerasJson.fromJson(keras.strings().get(0).toStringUtf8())).isEqualTo(model.model());
        assertThat(folder.resolve("logs/validation")).doesNotExist();
    }

    @Test
    void fit_updateFreqTwo_writesEverySecondBatchWithTheLogsOfItsStep() {
        List<Float> losses = new ArrayList<>();
        Callback listening = new Callback() {
            @Override
            public void onTrainBatchEnd(int batch, Map<String, Double> logs) {
                losses.add(logs.getOrDefault("loss", Double.NaN).floatValue());
            }
        };
        model().fit(TRAINING.take(48), FIT, HELD_OUT, board().updateFreq(2).writeGraph(false), listening);
        List<Point> train = read("train");
        assertThat(tags(train))
                .containsExactly("batch_accuracy", "batch_loss", "epoch_accuracy", "epoch_learning_rate", "epoch_loss");
        assertThat(losses).hasSize(6);
        assertThat(values(train, "batch_loss"))
                .isEqualTo(Map.of(2L, losses.get(1), 4L, losses.get(3), 6L, losses.get(5)));
        assertThat(values(train, "batch_accuracy")).containsOnlyKeys(2L, 4L, 6L);
        assertThat(values(train, "epoch_loss")).containsOnlyKeys(0L, 1L);

        TensorBoard alone = TensorBoard.of(folder.resolve("alone").toString());
        assertThat(alone.updateFreq(2).writeGraph(false).isSynchronous()).isFalse();
        model().fit(TRAINING.take(48), FIT, HELD_OUT, alone);
        assertThat(EventReader.read(folder.resolve("alone/train"))).isEqualTo(train);
    }

    @Test
    void fit_updateFreqBatch_timesStepsWhereAsked() {
        model().fit(TRAINING, FIT, HELD_OUT, board().updateFreq("batch").writeStepsPerSecond(true));
        List<Point> train = read("train");
        Long[] steps = LongStream.rangeClosed(1, 2 * STEPS).boxed().toArray(Long[]::new);
        assertThat(values(train, "batch_loss")).containsOnlyKeys(steps);
        assertThat(values(train, "batch_steps_per_second"))
                .containsOnlyKeys(steps)
                .allSatisfy((step, rate) -> assertThat(rate).isPositive());
        assertThat(values(train, "epoch_steps_per_second"))
                .containsOnlyKeys(0L, 1L)
                .allSatisfy((step, rate) -> assertThat(rate).isPositive());
    }

    @Test
    void fit_histogramFreq_writesWeightsAsTheyAre() {
        SparkModel model = model();
        model.fit(TRAINING, FIT.epochs(1), board().histogramFreq(1).writeImages(true));
        List<Point> train = read("train");
        assertThat(tags(train))
                .contains(
                        "conv2d/kernel/histogram",
                        "conv2d/bias/histogram",
                        "batch_normalization/gamma/histogram",
                        "batch_normalization/moving_variance/histogram",
                        "dense/kernel/histogram",
                        "conv2d/kernel/image",
                        "dense/bias/image");
        List<Tensor> weights = model.getWeights();
        List<Point> histograms = train.stream()
                .filter(point -> point.tag().endsWith("/histogram"))
                .toList();
        assertThat(histograms)
                .hasSameSizeAs(weights)
                .allSatisfy(point -> assertThat(point.step()).isZero());
        for (int i = 0; i < weights.size(); i++) {
            double[][] buckets = histograms.get(i).buckets();
            float[] sorted = weights.get(i).values().clone();
            Arrays.sort(sorted);
            assertThat(buckets).hasDimensions(30, 3);
            assertThat(buckets[0][0]).isEqualTo(sorted[0]);
            assertThat(buckets[29][1]).isEqualTo(sorted[sorted.length - 1]);
            assertThat(Arrays.stream(buckets)
                            .flatMapToDouble(row -> DoubleStream.of(row[2]))
                            .sum())
                    .isEqualTo(sorted.length);
        }
        Point kernel = train.stream()
                .filter(point -> point.tag().equals("conv2d/kernel/image"))
                .findFirst()
                .orElseThrow();
        assertThat(kernel.plugin()).isEqualTo("images");
        assertThat(kernel.shape()).containsExactly(5L);
        assertThat(kernel.strings().get(0).toStringUtf8()).isEqualTo("3");
        assertThat(kernel.strings().get(1).toStringUtf8()).isEqualTo("3");
        assertThat(kernel.strings().get(2).substring(1, 4).toStringUtf8()).isEqualTo("PNG");
    }

    @Test
    void fit_histogramFreqTwo_skipsEverySecondEpoch() {
        model().fit(TRAINING, FIT.epochs(3), board().histogramFreq(2));
        assertThat(read("train").stream()
                        .filter(point -> point.tag().equals("dense/bias/histogram"))
                        .map(Point::step))
                .containsExactly(0L, 2L);
    }

    @Test
    void evaluate_writesAtTheIteration() {
        SparkModel model = model();
        model.fit(TRAINING, FIT);
        Map<String, Double> logs = model.evaluate(HELD_OUT, FIT, board().writeGraph(false));
        List<Point> validation = read("validation");
        assertThat(values(validation, "evaluation_loss_vs_iterations"))
                .isEqualTo(
                        Map.of(2L * STEPS, logs.getOrDefault("loss", Double.NaN).floatValue()));
        assertThat(folder.resolve("logs/train")).doesNotExist();
    }

    @Test
    void fit_resumedWithinAnEpoch_leavesTheFilesOfOneThatNeverStopped() {
        model().fit(
                        TRAINING,
                        FIT,
                        HELD_OUT,
                        TensorBoard.of(folder.resolve("whole").toString()).updateFreq("batch"));
        assertThatThrownBy(() -> fitResumable(new Crash(STEPS + 3))).hasMessageContaining("crash");
        fitResumable(new Crash(null));
        for (String part : List.of("train", "validation")) {
            assertThat(read(part))
                    .isEqualTo(EventReader.read(folder.resolve("whole").resolve(part)));
        }
    }

    private void fitResumable(Crash crash) {
        BackupAndRestore backup =
                BackupAndRestore.of(folder.resolve("backup").toString()).saveFreq(2);
        model().fit(TRAINING, FIT, HELD_OUT, board().updateFreq("batch"), crash, backup);
    }

    /** Fails after so many batches, as a crash of the process would. */
    private static final class Crash extends Callback {

        private final @Nullable Integer at;
        private int batches;

        Crash(@Nullable Integer at) {
            this.at = at;
        }

        @Override
        public void onTrainBatchEnd(int batch, Map<String, Double> logs) {
            batches++;
            if (at != null && batches == at) {
                throw new IllegalStateException("crash");
            }
        }
    }
}
