package org.lockstep.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lockstep.callbacks.Callback;
import org.lockstep.callbacks.History;
import org.lockstep.callbacks.ModelCheckpoint;
import org.lockstep.conf.ClusterConf;
import org.lockstep.conf.FitConf;
import org.lockstep.conf.Verbose;
import org.lockstep.conf.json.KerasJson;
import org.lockstep.data.Tensor;
import org.lockstep.data.array.ArraySource;
import org.lockstep.layers.ActivationLayer;
import org.lockstep.layers.Add;
import org.lockstep.layers.BatchNormalization;
import org.lockstep.layers.Concatenate;
import org.lockstep.layers.Conv2D;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Dropout;
import org.lockstep.layers.GlobalAveragePooling2D;
import org.lockstep.layers.Input;
import org.lockstep.layers.KerasTensor;
import org.lockstep.layers.Variable;
import org.lockstep.model.Model;
import org.lockstep.model.WeightLayout;

/** Functional models through the whole trainer; the files are those of {@code graph_fixtures.py}. */
class GraphTrainingTest {

    private static final int STEPS = 3;
    private static final int BATCH = 6;

    @TempDir
    Path folder;

    private static String fixture(String name) {
        return Objects.requireNonNull(GraphTrainingTest.class.getResource("files/" + name))
                .getPath();
    }

    private static float number(int of, int i, float scale) {
        return ((31 * of + 7 * i) % 97 - 48) / scale;
    }

    private static ArraySource samples() {
        int count = STEPS * BATCH;
        float[] x = new float[count * 128];
        float[] y = new float[count];
        for (int b = 0; b < count; b++) {
            for (int i = 0; i < 128; i++) {
                x[b * 128 + i] = number(b, i, 48);
            }
            y[b] = b % 3;
        }
        return ArraySource.of(Tensor.of(new int[] {count, 8, 8, 2}, x), Tensor.of(new int[] {count}, y));
    }

    @Test
    void load_graphOfKeras_hasItsWeights() {
        try (JavaSparkContext spark = LocalSpark.start("local[1]")) {
            SparkModel model = SparkModel.load(fixture("graph.keras"), spark);

            FloatBuffer weights = model.state(0).weights();
            List<WeightLayout.Slot> slots = model.model().layout().slots();
            assertThat(slots).hasSize(26);
            // Keras lists a model's weights in the order of its layers, trained or not.
            for (int v = 0; v < slots.size(); v++) {
                boolean isVariance = slots.get(v).variable().name().equals("moving_variance");
                for (int i = 0; i < slots.get(v).size(); i++) {
                    assertThat(weights.get(slots.get(v).offset() + i))
                            .as("%s[%d]", slots.get(v).path(), i)
                            .isEqualTo(isVariance ? 1 : number(v, i, 96));
                }
            }
        }
    }

    @Test
    void fit_graphOfKeras_comesWhereKerasCame() {
        try (JavaSparkContext spark = LocalSpark.start("local[1]")) {
            SparkModel model = SparkModel.load(fixture("graph.keras"), spark);
            SparkModel keras = SparkModel.load(fixture("trained.keras"), spark);
            float[] before = values(model);
            float[] expected = values(keras);

            model.fit(
                    samples(),
                    FitConf.of().batchSize(BATCH).epochs(1).shuffle(false).verbose(Verbose.SILENT));

            float[] after = values(model);
            for (WeightLayout.Slot slot : model.model().layout().slots()) {
                double farthest = 1e-4;
                for (int i = slot.offset(); i < slot.offset() + slot.size(); i++) {
                    farthest = Math.max(farthest, Math.abs(expected[i] - before[i]));
                }
                for (int i = slot.offset(); i < slot.offset() + slot.size(); i++) {
                    assertThat(after[i]).as(slot.path()).isCloseTo(expected[i], within((float) (2e-3 * farthest)));
                }
            }
            assertThat(model.state(0).iterations()).isEqualTo(keras.state(0).iterations());
        }
    }

    private static float[] values(SparkModel model) {
        FloatBuffer weights = model.state(0).weights();
        float[] values = new float[weights.capacity()];
        weights.get(0, values);
        return values;
    }

    private static Model residual() {
        Input image = Input.of(Samples.SIDE, Samples.SIDE, 1);
        KerasTensor x = Conv2D.of(4, 3).padding("same").kernelRegularizer("l2").on(image);
        KerasTensor y = ActivationLayer.of("relu").on(BatchNormalization.of().on(x));
        y = Dropout.of(0.25).on(Conv2D.of(4, 3).padding("same").on(y));
        x = Concatenate.of().on(Add.of().on(x, y), x);
        Dense classes = Dense.of(Samples.CLASSES).activation("softmax");
        return Model.of(image, classes.on(GlobalAveragePooling2D.of().on(x)));
    }

    private static SparkModel trained(JavaSparkContext spark, int epochs, Callback... callbacks) {
        SparkModel model = SparkModel.of(residual(), spark)
                .on(ClusterConf.of().shards(4))
                .compile("adam", "sparse_categorical_crossentropy", "accuracy");
        FitConf fit = FitConf.of().batchSize(13).epochs(epochs).seed(3).verbose(Verbose.SILENT);
        History history = model.fit(Samples.of(60), fit, Samples.of(17), callbacks);
        assertThat(history.get("loss")).hasSize(epochs);
        return model;
    }

    @Test
    void fit_graphOnAnyCluster_givesTheSameBits() {
        Set<String> hashes = new HashSet<>();
        for (String master : List.of("local[1]", "local[2]", "local[4]")) {
            try (JavaSparkContext spark = LocalSpark.start(master)) {
                hashes.add(trained(spark, 2).state(0).sha256());
            }
        }
        assertThat(hashes).hasSize(1);
    }

    @Test
    void save_graph_isTheSameWhenLoaded() {
        try (JavaSparkContext spark = LocalSpark.start("local[2]")) {
            SparkModel model = trained(spark, 1);
            String path = folder.resolve("graph.keras").toString();
            String weights = folder.resolve("graph.weights.h5").toString();
            model.save(path);
            model.saveWeights(weights);

            SparkModel loaded = SparkModel.load(path, spark);

            assertThat(loaded.model()).isEqualTo(model.model());
            assertThat(loaded.state(0).numbersSha256()).isEqualTo(model.state(0).numbersSha256());
            assertThat(loaded.predict(Samples.x(5)).values())
                    .isEqualTo(model.predict(Samples.x(5)).values());
            assertThat(KerasJson.fromJson(KerasJson.toJson(model.model()))).isEqualTo(model.model());
            SparkModel other = SparkModel.of(residual(), spark);
            other.loadWeights(weights);
            assertThat(other.predict(Samples.x(5)).values())
                    .isEqualTo(model.predict(Samples.x(5)).values());
            assertThat(other.model().layout().slots(Variable.Role.MOVING)).hasSize(2);
        }
    }

    /** And goes on to the same bits; the last of the epochs' files is that of the trained model. */
    @Test
    void save_inKerasOlderFormat_goesOnToTheSameBits() {
        try (JavaSparkContext spark = LocalSpark.start("local[2]")) {
            String epochs = folder.resolve("epoch-{epoch}.h5").toString();
            SparkModel model = trained(spark, 1, ModelCheckpoint.of(epochs));
            String path = folder.resolve("graph.hdf5").toString();
            model.save(path);

            SparkModel loaded = SparkModel.load(path, spark).on(ClusterConf.of().shards(4));
            SparkModel epoch = SparkModel.load(epochs.replace("{epoch}", "1"), spark);
            SparkModel weights = SparkModel.of(residual(), spark);
            weights.loadWeights(path);

            assertThat(loaded.model()).isEqualTo(model.model());
            assertThat(epoch.state(0).numbersSha256()).isEqualTo(model.state(0).numbersSha256());
            assertThat(values(weights)).isEqualTo(values(model));
            FitConf fit =
                    FitConf.of().batchSize(13).initialEpoch(1).epochs(2).seed(3).verbose(Verbose.SILENT);
            model.fit(Samples.of(60), fit);
            loaded.fit(Samples.of(60), fit);
            assertThat(loaded.state(0).numbersSha256()).isEqualTo(model.state(0).numbersSha256());
            SparkModel uncompiled = SparkModel.load(path, spark, false);
            assertThat(uncompiled.predict(Samples.x(5)).values())
                    .isEqualTo(weights.predict(Samples.x(5)).values());
        }
    }
}
