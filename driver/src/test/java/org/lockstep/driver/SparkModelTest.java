package org.lockstep.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lockstep.callbacks.Callback;
import org.lockstep.callbacks.History;
import org.lockstep.conf.ClusterConf;
import org.lockstep.conf.FitConf;
import org.lockstep.conf.Verbose;
import org.lockstep.data.DataSource;
import org.lockstep.data.Tensor;
import org.lockstep.data.array.ArraySource;
import org.lockstep.driver.launch.TrainingException;
import org.lockstep.executor.spark.ResidentRuns;
import org.lockstep.layers.Conv2D;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Flatten;
import org.lockstep.layers.Input;
import org.lockstep.layers.MaxPooling2D;
import org.lockstep.model.Sequential;

class SparkModelTest {

    private static final Sequential NET = Sequential.of(
            Input.of(Samples.SIDE, Samples.SIDE, 1),
            Conv2D.of(8, 3).activation("relu"),
            MaxPooling2D.of(2),
            Flatten.of(),
            Dense.of(Samples.CLASSES).activation("softmax"));
    private static final FitConf FIT =
            FitConf.of().batchSize(16).epochs(4).seed(1).verbose(Verbose.SILENT);

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
                .compile("adam", "sparse_categorical_crossentropy", "accuracy");
    }

    @Test
    void fit_easyImages_learnsThem() {
        SparkModel model = model(2);
        History history = model.fit(Samples.of(400), FIT.epochs(6), Samples.of(100));
        assertThat(history.epoch()).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(history.history().keySet()).containsExactly("accuracy", "loss", "val_accuracy", "val_loss");
        assertThat(history.last("val_accuracy")).isGreaterThan(0.95);
        Map<String, Double> logs = model.evaluate(Samples.of(100), FIT);
        assertThat(logs.get("accuracy")).isEqualTo(history.last("val_accuracy"));
        assertThat(logs.get("loss")).isEqualTo(history.last("val_loss"));
    }

    @Test
    void fit_anyNumberOfShards_equalsOneProcessToRounding() {
        List<Tensor> one = weightsAfter(1);
        for (int shards : new int[] {2, 3, 7}) {
            List<Tensor> many = weightsAfter(shards);
            for (int i = 0; i < one.size(); i++) {
                assertThat(many.get(i).values()).containsExactly(one.get(i).values(), within(2e-4f));
            }
        }
    }

    private static List<Tensor> weightsAfter(int shards) {
        SparkModel model = model(shards).compile("sgd", "sparse_categorical_crossentropy");
        model.fit(Samples.of(37), FIT.batchSize(5).epochs(2));
        return model.getWeights();
    }

    @Test
    void predict_manyRows_keepsTheirOrder() {
        SparkModel model = model(1);
        Tensor x = Tensor.zeros(10, Samples.SIDE, Samples.SIDE, 1);
        for (int i = 0; i < 10; i++) {
            x.values()[i * Samples.SIDE * Samples.SIDE] = i;
        }
        Tensor all = model.predict(x, 3);
        assertThat(all.shape()).containsExactly(10, Samples.CLASSES);
        for (int i = 0; i < 10; i++) {
            float[] alone = model.predict(x.rows(i, i + 1), 3).values();
            assertThat(all.rows(i, i + 1).values()).containsExactly(alone, within(1e-6f));
        }
    }

    @Test
    void fit_initialEpoch_runsTheRest() {
        History history = model(1).fit(Samples.of(20), FIT.epochs(3).initialEpoch(2));
        assertThat(history.epoch()).containsExactly(2);
        assertThat(model(1).fit(Samples.of(20), FIT.epochs(3).initialEpoch(3)).epoch())
                .isEmpty();
    }

    @Test
    void fit_moreShardsThanSamples_isRefused() {
        assertThatThrownBy(() -> model(5).fit(Samples.of(4), FIT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Invalid `shards`: there must be no more shards than samples. Received: 5 shards of 4 samples");
    }

    @Test
    void fit_imagesOfAnotherSize_isRefused() {
        DataSource wrong = ArraySource.of(Tensor.zeros(4, 9, 8, 1), Tensor.zeros(4));
        assertThatThrownBy(() -> model(1).fit(wrong, FIT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected shape=(None, 8, 8, 1), found shape=(None, 9, 8, 1)");
    }

    @Test
    void fit_dataWithNaN_namesEpochAndStep() {
        float[] x = new float[32 * 64];
        x[20 * 64] = Float.NaN;
        DataSource broken = ArraySource.of(Tensor.of(new int[] {32, 8, 8, 1}, x), Tensor.zeros(32));
        for (ClusterConf.Exchange exchange : List.of(ClusterConf.Exchange.MEMORY, ClusterConf.Exchange.DRIVER)) {
            SparkModel model = model(2).on(ClusterConf.of().shards(2).exchange(exchange));
            assertThatThrownBy(() -> model.fit(broken, FIT.shuffle(false)))
                    .isInstanceOf(TrainingException.class)
                    .hasMessageContaining(
                            "Cannot train epoch 1: the gradient of conv2d/kernel is not finite at step 2");
        }
        assertThat(ResidentRuns.count()).isZero();
    }

    /** As in Keras, whose relu passes NaN on: neither engine's does. */
    @ParameterizedTest
    @EnumSource(ClusterConf.Engine.class)
    void nanInASample_isNanInWhatComesOfItAlone(ClusterConf.Engine engine) {
        SparkModel model = model(2).on(ClusterConf.of().shards(2).engine(engine));
        Tensor x = Samples.x(12);
        float[] whole = model.predict(x).values();
        x.values()[7 * Samples.SIDE * Samples.SIDE + 9] = Float.NaN;
        float[] broken = model.predict(x).values();
        for (int i = 0; i < whole.length; i++) {
            float expected = i / Samples.CLASSES == 7 ? Float.NaN : whole[i];
            assertThat(broken[i]).isEqualTo(expected, within(1e-6f));
        }
        assertThat(model.evaluate(ArraySource.of(x, Samples.y(12)), FIT).get("loss"))
                .isNaN();
    }

    @Test
    void fit_labelOutOfRange_namesIt() {
        DataSource wrong = ArraySource.of(Tensor.zeros(4, 8, 8, 1), Tensor.of(new int[] {4}, 0, 1, 2, 9));
        assertThatThrownBy(() -> model(2).fit(wrong, FIT.shuffle(false)))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("shard 1")
                .hasMessageContaining("9");
    }

    @Test
    void fit_failsInItsSecondEpoch_keepsTheFirst() {
        SparkModel alone = model(2);
        alone.fit(Samples.of(20), FIT.epochs(1));
        for (ClusterConf.Exchange exchange : List.of(ClusterConf.Exchange.MEMORY, ClusterConf.Exchange.DRIVER)) {
            SparkModel model = model(2).on(ClusterConf.of().shards(2).exchange(exchange));
            Callback failing = new Callback() {
                @Override
                public void onEpochBegin(int epoch, Map<String, Double> logs) {
                    if (epoch == 1) {
                        throw new IllegalStateException("enough");
                    }
                }
            };
            assertThatThrownBy(() -> model.fit(Samples.of(20), FIT.epochs(2), failing))
                    .hasMessageContaining("SparkModelTest$1 failed: enough");
            assertThat(model.getWeights()).isEqualTo(alone.getWeights());
        }
        assertThat(ResidentRuns.count()).isZero();
    }

    @Test
    void fit_fewerHeldOutSamplesThanShards_evaluatesThemAll() {
        assertThat(model(4).fit(Samples.of(20), FIT.epochs(1), Samples.of(3)).last("val_loss"))
                .isPositive();
    }

    @Test
    void evaluate_labelOutOfRange_namesShardAndBatch() {
        DataSource wrong = ArraySource.of(Tensor.zeros(4, 8, 8, 1), Tensor.of(new int[] {4}, 0, 1, 2, 9));
        assertThatThrownBy(() -> model(2).evaluate(wrong, FIT))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("Cannot evaluate: batch 0 of shard 1: ")
                .hasMessageContaining("9");
        assertThat(ResidentRuns.count()).isZero();
    }

    @Test
    void fit_withoutCompile_isRefused() {
        assertThatThrownBy(() -> SparkModel.of(NET, spark).fit(Samples.of(4), FIT))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("You must call `compile()` before calling `fit()`.");
    }

    @Test
    void setWeights_ofAnotherShape_isRefused() {
        SparkModel model = model(1);
        List<Tensor> weights = model.getWeights();
        model.setWeights(weights);
        assertThat(model.getWeights()).isEqualTo(weights);
        assertThatThrownBy(() -> model.setWeights(weights.subList(1, 3)))
                .hasMessageContaining("weight list of length 2, but the model was expecting 4 weights");
    }
}
