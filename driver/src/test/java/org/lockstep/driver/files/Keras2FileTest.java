package org.lockstep.driver.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jhdf.api.WritableGroup;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lockstep.conf.CompileConf;
import org.lockstep.data.BadDataException;
import org.lockstep.keras.NotSupportedException;
import org.lockstep.model.Sequential;
import org.lockstep.optimizers.Adam;
import org.lockstep.optimizers.SGD;

/** Whole models as tf.keras 2 and Keras 2 wrote them. */
class Keras2FileTest {

    private static final String MODEL = """
            {"class_name": "Sequential", "config": {"name": "sequential_4", "layers": [
              {"class_name": "InputLayer", "config": {"batch_input_shape": [null, 2], "dtype": "float32", "sparse": false,
                "ragged": false, "name": "dropout_input"}},
              {"class_name": "Dropout", "config": {"name": "dropout", "trainable": true, "batch_input_shape": [null, 2],
                "dtype": "float32", "rate": 0.5, "noise_shape": null, "seed": null}},
              {"class_name": "Dense", "config": {"name": "dense", "trainable": true, "dtype": "float32", "units": 1,
                "activation": "sigmoid", "use_bias": true, "kernel_initializer": {"class_name": "GlorotUniform",
                "config": {"seed": null}}, "bias_initializer": {"class_name": "Zeros", "config": {}},
                "kernel_regularizer": {"class_name": "L2", "config": {"l2": 0.009999999776482582}},
                "bias_regularizer": null, "activity_regularizer": null, "kernel_constraint": null,
                "bias_constraint": null}}]}}""";

    private static final String TRAINING = """
            {"loss": "binary_crossentropy", "metrics": [[{"class_name": "MeanMetricWrapper", "config": {"name": "accuracy",
              "dtype": "float32", "fn": "binary_accuracy"}}]], "weighted_metrics": null, "loss_weights": null,
             "optimizer_config": {"class_name": "SGD", "config": {"name": "SGD", "learning_rate": 0.009999999776482582,
              "decay": 0.0, "momentum": 0.0, "nesterov": false}}}""";

    private static final Object KERNEL = new float[][] {{4}, {5}};

    @TempDir
    private Path folder = Path.of("");

    private SavedModel read(String model, String training, Consumer<WritableGroup> more) {
        Path file = folder.resolve("a.h5");
        LegacyFixtures.write(file, model, training, more);
        return KerasFile.load(file.toString());
    }

    @Test
    void modelOfTfKeras_isRead() {
        SavedModel read = read(MODEL, TRAINING, root -> LegacyFixtures.optimizer(root, 9L));

        Sequential model = (Sequential) read.model();
        assertThat(model.name()).isEqualTo("sequential_4");
        assertThat(Objects.requireNonNull(model.input()).name()).isEqualTo("dropout_input");
        assertThat(read.state().weights()).isEqualTo(FloatBuffer.wrap(new float[] {1, 2, 3}));
        CompileConf compile = Objects.requireNonNull(read.compile());
        assertThat(compile.optimizer()).isEqualTo(SGD.of(0.01));
        assertThat(compile.loss().name()).isEqualTo("binary_crossentropy");
        assertThat(compile.metrics()).singleElement().satisfies(metric -> {
            assertThat(metric.className()).isEqualTo("BinaryAccuracy");
            assertThat(metric.name()).isEqualTo("accuracy");
        });
        assertThat(read.state().iterations()).isEqualTo(9);
        assertThat(read.state().learningRate()).isEqualTo(0.01);
    }

    @Test
    void noTrainingConfiguration_leavesTheModelUncompiled() {
        assertThat(read(MODEL, "", root -> {}).compile()).isNull();
    }

    /** Keras 2 kept no learning rate among the variables: Keras 3 begins with a fresh optimizer then. */
    @Test
    void slotsOfKeras2_areNotTaken() {
        String momentum = TRAINING.replace("\"momentum\": 0.0", "\"momentum\": 0.5");
        SavedModel read = read(MODEL, momentum, root -> LegacyFixtures.optimizer(root, 9L, KERNEL, new float[] {6}));
        assertThat(read.state().iterations()).isZero();
        assertThat(read.state().slot("momentum")).isEqualTo(FloatBuffer.wrap(new float[3]));
        assertThat(read.state().weights().get(0)).isEqualTo(1);
    }

    /** As Keras 3 writes them, here beside a configuration of tf.keras 2.11, whose optimizers it registers as custom. */
    @Test
    void slotsInKeras3sOrder_areTaken() {
        String adam = TRAINING.replaceFirst("(?s)\\{\"class_name\": \"SGD\".*", """
                {"class_name": "Custom>Adam", "config": {"name": "Adam", "weight_decay": null, "clipnorm": null,
                 "global_clipnorm": null, "clipvalue": null, "use_ema": false, "ema_momentum": 0.99,
                 "ema_overwrite_frequency": null, "jit_compile": false, "is_legacy_optimizer": false,
                 "learning_rate": 0.0010000000474974513, "beta_1": 0.9, "beta_2": 0.999, "epsilon": 1e-07,
                 "amsgrad": false}}}""");
        Object other = new float[][] {{7}, {8}};
        SavedModel read = read(
                MODEL,
                adam,
                root -> LegacyFixtures.optimizer(root, 9, 0.25f, KERNEL, other, new float[] {6}, new float[] {9}));
        assertThat(Objects.requireNonNull(read.compile()).optimizer()).isEqualTo(Adam.of());
        assertThat(read.state().iterations()).isEqualTo(9);
        assertThat(read.state().learningRate()).isEqualTo(0.25);
        assertThat(read.state().slot("momentum")).isEqualTo(FloatBuffer.wrap(new float[] {4, 5, 6}));
        assertThat(read.state().slot("velocity")).isEqualTo(FloatBuffer.wrap(new float[] {7, 8, 9}));
    }

    @Test
    void slotsOfAnotherShape_areNotTaken() {
        String momentum = TRAINING.replace("\"momentum\": 0.0", "\"momentum\": 0.5");
        SavedModel read =
                read(MODEL, momentum, root -> LegacyFixtures.optimizer(root, 9L, 0.25f, new float[] {6}, KERNEL));
        assertThat(read.state().iterations()).isZero();
        assertThat(read.state().learningRate()).isEqualTo(0.01);
    }

    /** What each line changes in the model, and what the refusal says. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "units": 1            | "units": 2              | Shape mismatch in layer #0 (named dense) for weight sequential_4/dense/kernel. Weight expects shape (2, 2). Received saved weight with shape (2, 1)
            "use_bias": true      | "use_bias": false       | Weight count mismatch for layer #0 (named dense in the current model, dense in the save file). Layer expects 1 weight(s). Received 2 saved weight(s)
            "Dropout"             | "BatchNormalization"    | at model_config: Cannot load model
            "Dense", "config"     | "LSTM", "config"        | at model_config: Cannot load model: layers[2]: LSTM "dense": Unknown layer: 'LSTM' is not one of the supported classes
            "rate": 0.5           | "rate": 0.5, "more": 1  | Unrecognized keyword arguments passed to Dropout: {'more': 1}
            "dtype": "float32", "units" | "dtype": "float16", "units" | argument `dtype` is not supported. Received: dtype='float16'
            {"class_name": "Seq   | ["class_name": "Seq     | at model_config: Cannot read JSON
            """)
    void wrongModels_areRefusedByName(String good, String bad, String message) {
        assertThat(MODEL).contains(good);
        assertThatThrownBy(() -> read(MODEL.replace(good, bad), TRAINING, root -> {}))
                .isInstanceOfAny(IllegalArgumentException.class, BadDataException.class, NotSupportedException.class)
                .hasMessageStartingWith("Cannot read " + folder.resolve("a.h5"))
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "decay": 0.0          | "decay": 0.1            | Unrecognized keyword arguments passed to SGD: {'decay': 0.1}
            "SGD", "config"       | "Ftrl", "config"        | Ftrl
            "loss_weights": null  | "loss_weights": [2.0]   | argument `loss_weights` is not supported
            "binary_crossentropy" | "my_loss"               | Could not interpret loss identifier: my_loss
            """)
    void wrongTraining_isRefusedByName_orLeftOut(String good, String bad, String message) {
        assertThat(TRAINING).contains(good);
        assertThatThrownBy(() -> read(MODEL, TRAINING.replace(good, bad), root -> {}))
                .isInstanceOfAny(IllegalArgumentException.class, BadDataException.class, NotSupportedException.class)
                .hasMessageStartingWith("Cannot read " + folder.resolve("a.h5") + " at training_config")
                .hasMessageContaining(message);
        assertThat(KerasFile.load(folder.resolve("a.h5").toString(), false).compile())
                .isNull();
    }

    @Test
    void layersAndWeights_thatAreMissing_areNamed() {
        Path file = folder.resolve("b.h5");
        LegacyFixtures.write(file, root -> {
            root.putAttribute("model_config", MODEL);
            WritableGroup weights = root.putGroup("model_weights");
            weights.putAttribute("layer_names", new String[] {"dropout", "other"});
            LegacyWriter.putNames(weights.putGroup("dropout"), "weight_names", List.of());
        });
        assertThatThrownBy(() -> KerasFile.load(file.toString()))
                .isInstanceOf(BadDataException.class)
                .hasMessage("Cannot read %s at model_weights: no group \"other\"", file);
        LegacyFixtures.write(file, root -> {
            root.putAttribute("model_config", MODEL);
            LegacyFixtures.weights(root.putGroup("model_weights"), "dense", new float[2][1], 3);
            WritableGroup top = ((WritableGroup) root.getChild("model_weights")).putGroup("top_level_model_weights");
            top.putAttribute("weight_names", new String[] {"scale"});
        });
        assertThatThrownBy(() -> KerasFile.load(file.toString()))
                .hasMessage(
                        "Cannot read %s: Weight count mismatch for top-level weights when loading weights from file. "
                                + "Model expects 0 top-level weight(s). Received 1 saved top-level weight(s)",
                        file);
    }
}
