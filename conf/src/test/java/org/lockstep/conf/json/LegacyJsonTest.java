package org.lockstep.conf.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lockstep.conf.CompileConf;
import org.lockstep.keras.NotSupportedException;
import org.lockstep.layers.Add;
import org.lockstep.layers.BatchNormalization;
import org.lockstep.layers.Concatenate;
import org.lockstep.layers.Conv2D;
import org.lockstep.layers.DepthwiseConv2D;
import org.lockstep.layers.Flatten;
import org.lockstep.layers.Input;
import org.lockstep.layers.KerasTensor;
import org.lockstep.layers.SeparableConv2D;
import org.lockstep.layers.SpatialDropout2D;
import org.lockstep.losses.Loss;
import org.lockstep.losses.SparseCategoricalCrossentropy;
import org.lockstep.metrics.Metric;
import org.lockstep.model.Model;
import org.lockstep.model.Sequential;
import org.lockstep.optimizers.Adam;
import org.lockstep.optimizers.RMSprop;
import org.lockstep.optimizers.SGD;
import org.lockstep.optimizers.schedules.ExponentialDecay;

/** Configurations in {@code .h5} files, Keras 2's in the forms that it wrote. */
class LegacyJsonTest {

    /** A graph of tf.keras 2 in which a layer is called twice. */
    private static final String GRAPH = """
            {"class_name": "Functional", "config": {"name": "model", "trainable": true, "layers": [
              {"class_name": "InputLayer", "config": {"batch_input_shape": [null, 6, 6, 2], "dtype": "float32",
                "sparse": false, "ragged": false, "name": "image"}, "name": "image", "inbound_nodes": []},
              {"class_name": "Conv2D", "config": {"name": "conv", "trainable": true, "dtype": "float32", "filters": 2,
                "kernel_size": [1, 1], "strides": [1, 1], "padding": "valid", "data_format": "channels_last",
                "dilation_rate": [1, 1], "groups": 1, "activation": "relu", "use_bias": true, "kernel_initializer":
                {"class_name": "HeNormal", "config": {"seed": null, "dtype": "float32"}, "shared_object_id": 1},
                "bias_initializer": {"class_name": "Zeros", "config": {}, "shared_object_id": 2},
                "kernel_regularizer": null, "bias_regularizer": null, "activity_regularizer": null,
                "kernel_constraint": null, "bias_constraint": null}, "name": "conv",
                "inbound_nodes": [[["image", 0, 0, {}]], [["conv", 0, 0, {}]]], "shared_object_id": 3},
              {"class_name": "Add", "config": {"name": "add", "trainable": true, "dtype": "float32"}, "name": "add",
                "inbound_nodes": [[["conv", 0, 0, {}], ["conv", 1, 0, {}]]]},
              {"class_name": "BatchNormalization", "config": {"name": "norm", "trainable": true, "dtype": "float32",
                "axis": [3], "momentum": 0.9, "epsilon": 0.001, "center": true, "scale": true, "beta_initializer":
                {"class_name": "Zeros", "config": {}}, "gamma_initializer": {"class_name": "Ones", "config": {}},
                "moving_mean_initializer": {"class_name": "Zeros", "config": {}}, "moving_variance_initializer":
                {"class_name": "Ones", "config": {}}, "beta_regularizer": null, "gamma_regularizer": null,
                "beta_constraint": null, "gamma_constraint": null}, "name": "norm",
                "inbound_nodes": [[["add", 0, 0, {"training": null}]]]},
              {"class_name": "Concatenate", "config": {"name": "join", "trainable": true, "dtype": "float32",
                "axis": -1}, "name": "join", "inbound_nodes": [[["norm", 0, 0, {}], ["image", 0, 0, {}]]]}],
              "input_layers": [["image", 0, 0]], "output_layers": [["join", 0, 0]]}}""";

    @Test
    void graphOfKeras2_isRead() {
        Input image = Input.of(6, 6, 2).name("image");
        Conv2D conv = Conv2D.of(2, 1)
                .activation("relu")
                .kernelInitializer("he_normal")
                .name("conv");
        KerasTensor once = conv.on(image);
        KerasTensor sum = Add.of().name("add").on(once, conv.on(once));
        KerasTensor norm =
                BatchNormalization.of().axis(3).momentum(0.9).name("norm").on(sum);
        Model expected =
                Model.of(image, Concatenate.of().name("join").on(norm, image)).name("model");
        assertThat(LegacyJson.model(GRAPH)).isEqualTo(expected);
        assertThat(LegacyJson.model(GRAPH.replace("\"Functional\"", "\"Model\"")))
                .isEqualTo(expected);
        assertThat(LegacyJson.model(LegacyJson.write(expected))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ["add", 0, 0, {"training": null}]  | ["add", 0, 0, {"training": true}]  | norm: the call: argument `training` is not supported. Received: training=True
            ["add", 0, 0, {"training": null}]  | ["add", 0, 0, {"scale": 2}]        | Unrecognized keyword arguments passed to the call: {'scale': 2}
            ["add", 0, 0, {"training": null}]  | ["sum", 0, 0, {}]                  | Unknown layer: sum
            ["add", 0, 0, {"training": null}]  | ["add", 0]                         | Invalid `inbound_nodes`
            ["conv", 1, 0, {}]                 | ["conv", 2, 0, {}]                 | failed to be resolved
            "axis": [3]                        | "axis": [1, 2]                     | Invalid `axis`
            """)
    void wrongGraphs_areRefusedByName(String good, String bad, String message) {
        assertThat(GRAPH).contains(good);
        assertThatThrownBy(() -> LegacyJson.model(GRAPH.replace(good, bad)))
                .isInstanceOfAny(IllegalArgumentException.class, NotSupportedException.class)
                .hasMessageStartingWith("Cannot load model: ")
                .hasMessageContaining(message);
    }

    /** Keras before 2.2.3 wrote a Sequential's layers alone; its first layer has the shape. */
    @Test
    void sequentialOfKeras2_isRead() {
        String model = """
                {"class_name": "Sequential", "config": [
                  {"class_name": "DepthwiseConv2D", "config": {"name": "a", "trainable": true, "batch_input_shape":
                    [null, 6, 6, 2], "dtype": "float32", "kernel_size": [3, 3], "groups": 1, "depth_multiplier": 1}},
                  {"class_name": "SeparableConv2D", "config": {"name": "b", "trainable": false, "filters": 3,
                    "kernel_size": [2, 2], "groups": 1, "kernel_initializer": {"class_name": "VarianceScaling", "config":
                    {"scale": 1.0, "mode": "fan_avg", "distribution": "uniform", "seed": null}},
                    "kernel_regularizer": null, "kernel_constraint": null}},
                  {"class_name": "SpatialDropout2D", "config": {"name": "c", "trainable": true, "rate": 0.5,
                    "noise_shape": null, "seed": null}},
                  {"class_name": "Flatten", "config": {"name": "d", "trainable": true, "data_format":
                    "channels_last"}}]}""";
        Sequential expected = Sequential.of(
                Input.of(6, 6, 2),
                DepthwiseConv2D.of(3).name("a"),
                SeparableConv2D.of(3, 2).name("b").trainable(false),
                SpatialDropout2D.of(0.5).name("c"),
                Flatten.of().name("d"));
        Sequential read = (Sequential) LegacyJson.model(model);
        assertThat(read.layers()).isEqualTo(expected.layers());
        assertThat(read.inputShape()).isEqualTo(expected.inputShape());
        assertThatThrownBy(() -> LegacyJson.model(model.replaceFirst("\"groups\": 1", "\"groups\": 2")))
                .hasMessageContaining("Unrecognized keyword arguments passed to DepthwiseConv2D: {'groups': 2}");
    }

    @Test
    void trainingOfKeras2_isRead() {
        CompileConf compile = LegacyJson.compile("""
                {"optimizer_config": {"class_name": "RMSprop", "config": {"lr": 0.0010000000474974513, "rho":
                  0.8999999761581421, "decay": 0.0, "epsilon": 1e-07}}, "loss": ["mse"], "metrics": ["acc"],
                 "sample_weight_mode": null, "loss_weights": null}""");
        assertThat(compile.optimizer()).isEqualTo(RMSprop.of(0.001).rho(0.8999999761581421));
        assertThat(compile.loss()).isEqualTo(Loss.of("mse"));
        assertThat(compile.metrics()).isEqualTo(List.of(Metric.of("acc")));
    }

    @Test
    void trainingOfTfKeras_isRead() {
        CompileConf compile = LegacyJson.compile("""
                {"loss": {"class_name": "SparseCategoricalCrossentropy", "config": {"reduction": "auto", "name":
                  "sparse_categorical_crossentropy", "from_logits": true, "ignore_class": null}}, "metrics": [],
                 "weighted_metrics": [], "loss_weights": null, "optimizer_config": {"class_name": "Adam", "config":
                  {"name": "Adam", "learning_rate": {"class_name": "ExponentialDecay", "config":
                   {"initial_learning_rate": 0.5, "decay_steps": 10, "decay_rate": 0.9, "staircase": false,
                    "name": null}}, "decay": 0.0, "beta_1": 0.9, "beta_2": 0.999, "epsilon": 1e-07,
                   "amsgrad": false}}}""");
        assertThat(compile.optimizer()).isEqualTo(Adam.of().learningRate(ExponentialDecay.of(0.5, 10, 0.9)));
        assertThat(compile.loss()).isEqualTo(new SparseCategoricalCrossentropy(true));
        assertThat(compile.metrics()).isEmpty();
    }

    @Test
    void written_isReadAgain() {
        CompileConf compile = CompileConf.of(
                        SGD.of(0.25).momentum(0.5), new SparseCategoricalCrossentropy(true), "accuracy")
                .weightedMetrics("accuracy", "mse");
        String text = LegacyJson.write(compile);
        assertThat(LegacyJson.compile(text)).isEqualTo(compile);
        assertThat(text)
                .startsWith("{\"loss\": {\"class_name\": \"SparseCategoricalCrossentropy\", \"config\": {")
                .contains("\"optimizer_config\": {\"class_name\": \"SGD\", \"config\": {")
                .doesNotContain("\"optimizer\":");
    }
}
