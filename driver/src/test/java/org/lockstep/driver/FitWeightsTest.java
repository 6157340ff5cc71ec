package org.lockstep.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lockstep.callbacks.History;
import org.lockstep.conf.ClusterConf;
import org.lockstep.conf.FitConf;
import org.lockstep.conf.Verbose;
import org.lockstep.data.Batch;
import org.lockstep.data.Sequence;
import org.lockstep.data.Tensor;
import org.lockstep.data.TrainingData;
import org.lockstep.data.array.ArraySource;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Flatten;
import org.lockstep.layers.Input;
import org.lockstep.model.Sequential;

/** {@code class_weight} and {@code sample_weight}, compared with runs whose samples were weighted by hand. */
@Timeout(120)
class FitWeightsTest {

    private static final Sequential NET = Sequential.of(
            Input.of(Samples.SIDE, Samples.SIDE, 1),
            Flatten.of(),
            Dense.of(Samples.CLASSES).activation("softmax"));
    private static final FitConf FIT =
            FitConf.of().epochs(2).seed(1).shuffle(false).verbose(Verbose.SILENT);
    private static final Map<Integer, Double> BY_CLASS = Map.of(0, 0.5, 1, 2.0, 2, 1.0, 3, 4.0);
    private static final Cut PLAIN = new Cut(24, 4);

    private static JavaSparkContext spark;

    @BeforeAll
    static void start() {
        spark = LocalSpark.start("local[2]");
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    private static SparkModel model() {
        return SparkModel.of(NET, spark)
                .on(ClusterConf.of().shards(2))
                .compile("sgd", "sparse_categorical_crossentropy", "accuracy");
    }

    /** Weights of the batches' samples. */
    private interface Weighing extends UnaryOperator<Batch>, java.io.Serializable {}

    private record Weighted(Cut cut, Weighing weighing) implements Sequence {

        @Override
        public int length() {
            return cut.length();
        }

        @Override
        public Batch get(int index) {
            return weighing.apply(cut.get(index));
        }
    }

    private static float ofPlace(int sample) {
        return 0.25f + sample % 3;
    }

    private static Batch byPlace(Batch batch) {
        float[] weights = new float[batch.size()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = ofPlace(i);
        }
        return new Batch(batch.x(), batch.y(), Tensor.of(new int[] {weights.length}, weights));
    }

    private static Batch byClass(Batch batch) {
        return timesClass(new Batch(batch.x(), batch.y(), ones(batch.size())));
    }

    /** The weights that samples have, times those of their classes, in doubles as tf.keras's table is. */
    private static Batch timesClass(Batch batch) {
        Tensor own = batch.sampleWeight();
        float[] weights = new float[batch.size()];
        for (int i = 0; i < weights.length; i++) {
            double ofClass = BY_CLASS.getOrDefault((int) batch.y().values()[i], 1.0);
            weights[i] = (float) ((own == null ? 1 : own.values()[i]) * ofClass);
        }
        return new Batch(batch.x(), batch.y(), Tensor.of(new int[] {weights.length}, weights));
    }

    private static Tensor ones(int count) {
        float[] ones = new float[count];
        Arrays.fill(ones, 1);
        return Tensor.of(new int[] {count}, ones);
    }

    private record Run(String bits, Map<String, List<Double>> logs) {}

    private static Run fitGenerator(TrainingData data, @Nullable Map<Integer, Double> classWeight) {
        SparkModel model = model();
        History history = model.fitGenerator(data, FIT.classWeight(classWeight), null);
        return new Run(model.live().numbersSha256(), history.history());
    }

    private static Run fit(TrainingData data, @Nullable Map<Integer, Double> classWeight) {
        SparkModel model = model();
        History history = model.fit(data, FIT.classWeight(classWeight));
        return new Run(model.live().numbersSha256(), history.history());
    }

    @Test
    void classWeight_alone_isTheSampleWeightOfTheClass() {
        Run byHand = fit(new Weighted(PLAIN, FitWeightsTest::byClass), null);
        assertThat(fit(PLAIN, BY_CLASS)).isEqualTo(byHand).isNotEqualTo(fit(PLAIN, null));
        assertThat(fitGenerator(PLAIN, BY_CLASS))
                .isEqualTo(fitGenerator(new Weighted(PLAIN, FitWeightsTest::byClass), null));
    }

    @Test
    void classWeight_besideSampleWeights_multipliesThemInFitGeneratorAndIsRefusedInFit() {
        Sequence weighted = new Weighted(PLAIN, FitWeightsTest::byPlace);
        Sequence both = new Weighted(PLAIN, batch -> timesClass(byPlace(batch)));
        Run expected = fitGenerator(both, null);
        assertThat(fitGenerator(weighted, BY_CLASS)).isEqualTo(expected).isNotEqualTo(fitGenerator(weighted, null));
        assertThatThrownBy(() -> fit(weighted, BY_CLASS))
                .hasMessageContaining("You cannot `class_weight` and `sample_weight` at the same time.");
    }

    /** Keras divides a weighted loss by the number of samples. */
    @Test
    void sampleWeights_ofValidationData_weighTheirLoss() {
        float[] weights = new float[12];
        float[] doubled = new float[12];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = ofPlace(i);
            doubled[i] = 2 * weights[i];
        }
        double once = validationLoss(weights);
        assertThat(validationLoss(doubled)).isEqualTo(2 * once, within(1e-6));
        assertThat(validationLoss(new float[12])).isZero();

        double byHand = 0;
        for (int i = 0; i < weights.length; i++) {
            float[] only = new float[12];
            only[i] = 1;
            byHand += weights[i] * validationLoss(only);
        }
        assertThat(once).isEqualTo(byHand, within(1e-5));
    }

    @Test
    void classWeight_validationData_areNotWeighed() {
        SparkModel model = model();
        History history = model.fit(PLAIN, FIT.classWeight(BY_CLASS), Samples.of(12));
        assertThat(history.last("val_loss"))
                .isEqualTo(model.evaluate(Samples.of(12)).get("loss"), within(1e-12));
    }

    private static double validationLoss(float[] weights) {
        ArraySource held = ArraySource.of(Samples.x(12), Samples.y(12), Tensor.of(new int[] {12}, weights));
        FitConf fit = FIT.epochs(1).validationBatchSize(5);
        return model().fit(PLAIN, fit, held).last("val_loss");
    }
}
