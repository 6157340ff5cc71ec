package org.lockstep.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.lockstep.callbacks.History;
import org.lockstep.conf.ClusterConf;
import org.lockstep.conf.CompileConf;
import org.lockstep.conf.FitConf;
import org.lockstep.conf.Verbose;
import org.lockstep.data.Tensor;
import org.lockstep.data.array.ArraySource;
import org.lockstep.keras.NotSupportedException;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Input;
import org.lockstep.losses.Loss;
import org.lockstep.losses.Reduction;
import org.lockstep.model.Sequential;
import org.lockstep.optimizers.Optimizer;
import org.lockstep.optimizers.SGD;

/**
 * Reductions of the loss, and metrics weighted and not, against Keras's rules worked out here in double for a linear model:
 * over three batches of 4, 4 and 2 samples, on any number of shards and workers, by any exchange.
 */
@Timeout(240)
class ReductionTest {

    private static final int SAMPLES = 10;
    private static final int BATCH = 4;
    private static final double RATE = 0.01;
    private static final Dense LAYER = Dense.of(1).useBias(false);
    private static final FitConf FIT =
            FitConf.of().batchSize(BATCH).epochs(2).shuffle(false).verbose(Verbose.SILENT);
    private static final float[] START = {0.5f, -0.25f};

    private static double x(int sample, int axis) {
        return (sample * 7 + axis * 3) % 5 - 1.5;
    }

    private static double y(int sample) {
        return sample % 3 == 0 ? 1 : 0;
    }

    private static double weight(int sample) {
        return new double[] {0.5, 2, 0, 1.25}[sample % 4];
    }

    private static ArraySource source(boolean isWeighted) {
        float[] x = new float[2 * SAMPLES];
        float[] y = new float[SAMPLES];
        float[] weights = new float[SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            x[2 * i] = (float) x(i, 0);
            x[2 * i + 1] = (float) x(i, 1);
            y[i] = (float) y(i);
            weights[i] = (float) weight(i);
        }
        Tensor inputs = Tensor.of(new int[] {SAMPLES, 2}, x);
        Tensor targets = Tensor.of(new int[] {SAMPLES, 1}, y);
        return isWeighted
                ? ArraySource.of(inputs, targets, Tensor.of(new int[] {SAMPLES}, weights))
                : ArraySource.of(inputs, targets);
    }

    /** What an epoch or evaluation comes to. */
    private record Expected(double loss, double accuracy, double weightedAccuracy) {}

    /** Goes through the data once; changes the kernel where it is to learn. */
    private static Expected pass(Reduction reduction, boolean isWeighted, double[] kernel, boolean isLearning) {
        double epochLoss = 0;
        double hits = 0;
        double weightedHits = 0;
        double weightsOfAll = 0;
        for (int from = 0; from < SAMPLES; from += BATCH) {
            int to = Math.min(SAMPLES, from + BATCH);
            double sum = 0;
            double weights = 0;
            double[] gradient = new double[2];
            for (int i = from; i < to; i++) {
                double w = isWeighted ? weight(i) : 1;
                double p = kernel[0] * x(i, 0) + kernel[1] * x(i, 1);
                sum += w * (p - y(i)) * (p - y(i));
                weights += w;
                gradient[0] += w * 2 * (p - y(i)) * x(i, 0);
                gradient[1] += w * 2 * (p - y(i)) * x(i, 1);
                double hit = (p > 0.5 ? 1 : 0) == y(i) ? 1 : 0;
                hits += hit;
                weightedHits += w * hit;
            }
            weightsOfAll += weights;
            int size = to - from;
            double loss = switch (reduction) {
                case SUM -> sum;
                case MEAN_WITH_SAMPLE_WEIGHT -> sum / weights;
                case SUM_OVER_BATCH_SIZE, MEAN, NONE -> sum / size;
            };
            double divisor = switch (reduction) {
                case SUM, NONE -> 1;
                case MEAN_WITH_SAMPLE_WEIGHT -> weights;
                case SUM_OVER_BATCH_SIZE, MEAN -> size;
            };
            epochLoss += size * loss;
            for (int axis = 0; isLearning && axis < 2; axis++) {
                kernel[axis] -= RATE * gradient[axis] / divisor;
            }
        }
        return new Expected(epochLoss / SAMPLES, hits / SAMPLES, weightedHits / weightsOfAll);
    }

    private static SparkModel model(JavaSparkContext spark, Reduction reduction, int shards, ClusterConf.Exchange by) {
        CompileConf compile = CompileConf.of(SGD.of(RATE), Loss.of("mse").reduction(reduction), "accuracy")
                .weightedMetrics("accuracy");
        SparkModel model = SparkModel.of(Sequential.of(Input.of(2), LAYER), spark)
                .on(ClusterConf.of().shards(shards).exchange(by))
                .compile(compile);
        return model.setWeights(List.of(Tensor.of(new int[] {2, 1}, START)));
    }

    private static void check(Map<String, Double> logs, String prefix, Expected expected) {
        assertThat(logs.get(prefix + "loss")).isCloseTo(expected.loss(), within(1e-5));
        assertThat(logs.get(prefix + "accuracy")).isCloseTo(expected.accuracy(), within(1e-12));
        assertThat(logs.get(prefix + "weighted_accuracy")).isCloseTo(expected.weightedAccuracy(), within(1e-6));
    }

    @ParameterizedTest
    @EnumSource
    void fit_anyReduction_isKeras(Reduction reduction) {
        try (JavaSparkContext spark = LocalSpark.start("local[4]")) {
            for (boolean isWeighted : new boolean[] {false, true}) {
                double[] kernel = {START[0], START[1]};
                List<Expected> epochs = new ArrayList<>();
                List<Expected> validations = new ArrayList<>();
                for (int epoch = 0; epoch < 2; epoch++) {
                    epochs.add(pass(reduction, isWeighted, kernel, true));
                    validations.add(pass(reduction, isWeighted, kernel, false));
                }
                for (int shards : new int[] {1, 2, 4}) {
                    SparkModel model = model(spark, reduction, shards, ClusterConf.Exchange.MEMORY);
                    History history = model.fit(source(isWeighted), FIT, source(isWeighted));
                    for (int epoch = 0; epoch < 2; epoch++) {
                        check(logs(history, epoch), "", epochs.get(epoch));
                        check(logs(history, epoch), "val_", validations.get(epoch));
                    }
                    float[] trained = model.getWeights().get(0).values();
                    assertThat((double) trained[0]).isCloseTo(kernel[0], within(1e-5));
                    assertThat((double) trained[1]).isCloseTo(kernel[1], within(1e-5));
                    check(model.evaluate(source(isWeighted), FIT), "", validations.get(1));
                }
            }
        }
    }

    private static Map<String, Double> logs(History history, int epoch) {
        return Map.of(
                "loss", history.get("loss").get(epoch),
                "accuracy", history.get("accuracy").get(epoch),
                "weighted_accuracy", history.get("weighted_accuracy").get(epoch),
                "val_loss", history.get("val_loss").get(epoch),
                "val_accuracy", history.get("val_accuracy").get(epoch),
                "val_weighted_accuracy", history.get("val_weighted_accuracy").get(epoch));
    }

    @ParameterizedTest
    @CsvSource({"SUM_OVER_BATCH_SIZE", "SUM", "MEAN_WITH_SAMPLE_WEIGHT", "NONE"})
    void fit_anyWorkersAndExchange_givesTheSameBits(Reduction reduction) {
        List<String> bits = new ArrayList<>();
        for (String master : List.of("local[1]", "local[2]", "local[4]")) {
            try (JavaSparkContext spark = LocalSpark.start(master)) {
                for (ClusterConf.Exchange by : List.of(
                        ClusterConf.Exchange.MEMORY, ClusterConf.Exchange.NETWORK, ClusterConf.Exchange.DRIVER)) {
                    SparkModel model = model(spark, reduction, 4, by);
                    History history = model.fit(source(true), FIT, source(true));
                    bits.add(model.live().numbersSha256() + history.history());
                }
            }
        }
        assertThat(bits).hasSize(9).containsOnly(bits.get(0));
    }

    /** Sums of any length add up over shards and exchanges: the whole data at once say what must come out. */
    @Test
    void evaluate_metricsOfManySums_sameOnAnyShards() {
        String[] metrics = {"AUC", "precision", "recall", "mse", "root_mean_squared_error", "true_negatives"};
        try (JavaSparkContext spark = LocalSpark.start("local[4]")) {
            CompileConf compile =
                    CompileConf.of(SGD.of(RATE), Loss.of("mse"), metrics).weightedMetrics(metrics);
            List<Map<String, Double>> evaluated = new ArrayList<>();
            List<String> bits = new ArrayList<>();
            for (int shards : new int[] {1, 2, 4}) {
                SparkModel model = SparkModel.of(Sequential.of(Input.of(2), LAYER), spark)
                        .on(ClusterConf.of().shards(shards))
                        .compile(compile)
                        .setWeights(List.of(Tensor.of(new int[] {2, 1}, START)));
                evaluated.add(model.evaluate(source(true), FIT));
            }
            for (ClusterConf.Exchange by : ClusterConf.Exchange.values()) {
                SparkModel model = SparkModel.of(Sequential.of(Input.of(2), LAYER), spark)
                        .on(ClusterConf.of().shards(4).exchange(by))
                        .compile(compile)
                        .setWeights(List.of(Tensor.of(new int[] {2, 1}, START)));
                bits.add(model.fit(source(true), FIT).history().toString());
            }
            assertThat(bits).containsOnly(bits.get(0));
            Map<String, Double> whole = evaluated.get(0);
            assertThat(whole.keySet()).hasSize(13).contains("AUC", "weighted_AUC", "weighted_true_negatives");
            double weighted = 0;
            double plain = 0;
            double weights = 0;
            for (int i = 0; i < SAMPLES; i++) {
                double error = START[0] * x(i, 0) + START[1] * x(i, 1) - y(i);
                plain += error * error / SAMPLES;
                weighted += weight(i) * error * error;
                weights += weight(i);
            }
            assertThat(whole.get("mse")).isCloseTo(plain, within(1e-6));
            assertThat(whole.get("root_mean_squared_error")).isCloseTo(Math.sqrt(plain), within(1e-6));
            assertThat(whole.get("weighted_mse")).isCloseTo(weighted / weights, within(1e-6));
            for (Map<String, Double> each : evaluated) {
                whole.forEach(
                        (name, value) -> assertThat(each.get(name)).as(name).isCloseTo(value, within(1e-6)));
            }
        }
    }

    /** Its sum, or mean, of weights is 0: Keras divides by it without harm. */
    @Test
    void fit_weightsAllZero_changesNothing() {
        try (JavaSparkContext spark = LocalSpark.start("local[1]")) {
            ArraySource given = source(false);
            SparkModel model = model(spark, Reduction.MEAN_WITH_SAMPLE_WEIGHT, 2, ClusterConf.Exchange.MEMORY);
            Map<Integer, Double> nothing = Map.of(0, 0.0, 1, 0.0);
            History history = model.fit(given, FIT.classWeight(nothing));
            assertThat(model.getWeights().get(0).values()).containsExactly(START);
            assertThat(history.get("loss")).containsOnly(0.0);
            assertThat(history.get("weighted_accuracy")).containsOnly(0.0);
            assertThat(history.get("accuracy")).doesNotContain(0.0);
        }
    }

    @Test
    void penalties_thatCannotBeAdded_areRefusedBeforeTraining() {
        try (JavaSparkContext spark = LocalSpark.start("local[1]")) {
            assertThatThrownBy(() -> fit(spark, LAYER.activityRegularizer("l2"), Reduction.SUM, null))
                    .isInstanceOf(NotSupportedException.class)
                    .hasMessageContaining("`activity_regularizer` of layer \"dense\"")
                    .hasMessageContaining("reduction='sum'");
            assertThatThrownBy(() -> fit(spark, LAYER.kernelRegularizer("l2"), Reduction.NONE, null))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("Invalid `reduction`")
                    .hasMessageContaining("dense/kernel");
            double withPenalty = fit(spark, LAYER.kernelRegularizer("l2"), Reduction.SUM, START);
            double without = fit(spark, LAYER, Reduction.SUM, START);
            // What Keras adds to a sum: 0.01 Σ w², once for the step.
            assertThat(withPenalty - without).isCloseTo(0.01 * (0.25 + 0.0625), within(1e-6));
        }
    }

    /** The loss of the only step of an epoch. */
    private static double fit(JavaSparkContext spark, Dense layer, Reduction reduction, float @Nullable [] weights) {
        SparkModel model = SparkModel.of(Sequential.of(Input.of(2), layer), spark)
                .compile(CompileConf.of(Optimizer.of("sgd"), Loss.of("mse").reduction(reduction)));
        if (weights != null) {
            model.setWeights(List.of(Tensor.of(new int[] {2, 1}, weights)));
        }
        return model.fit(source(false), FIT.epochs(1).batchSize(SAMPLES)).last("loss");
    }
}
