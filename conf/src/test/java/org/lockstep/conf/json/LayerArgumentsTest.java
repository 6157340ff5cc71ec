package org.lockstep.conf.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lockstep.activations.Activation;
import org.lockstep.constraints.MaxNorm;
import org.lockstep.constraints.UnitNorm;
import org.lockstep.initializers.Constant;
import org.lockstep.initializers.Initializer;
import org.lockstep.initializers.RandomNormal;
import org.lockstep.initializers.Values;
import org.lockstep.keras.NotSupportedException;
import org.lockstep.layers.BatchNormalization;
import org.lockstep.layers.Conv2D;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Dropout;
import org.lockstep.layers.Input;
import org.lockstep.layers.Layer;
import org.lockstep.layers.MaxPooling2D;
import org.lockstep.layers.Shape;
import org.lockstep.regularizers.L1L2;
import org.lockstep.regularizers.L2;

class LayerArgumentsTest {

    private static Layer layer(String className, String json) {
        return KerasArguments.layer(className, Json.parseObject(json));
    }

    @Test
    void conv2d_ofEveryArgument_hasThemAll() {
        Layer layer = layer("Conv2D", """
                {"filters": 8, "kernel_size": [3, 2], "strides": 2, "padding": "SAME", "data_format": "channels_first",
                 "dilation_rate": [1, 1], "groups": 2, "activation": "relu", "use_bias": false,
                 "kernel_initializer": {"random_normal": {"stddev": 0.5, "seed": 3}}, "bias_initializer": {"constant": 0.1},
                 "kernel_regularizer": {"l1": 0.01, "l2": 0.02}, "bias_regularizer": {"l2": 0.03},
                 "activity_regularizer": {"class_name": "L2", "config": {"l2": 0.5}},
                 "kernel_constraint": {"max_norm": 2, "axis": [0, 1, 2]}, "bias_constraint": "unit_norm",
                 "name": "c", "trainable": false, "dtype": "float32", "input_shape": [3, 28, null]}
                """);

        assertThat(layer)
                .isEqualTo(Conv2D.of(8, 3, 2)
                        .strides(2)
                        .padding("same")
                        .dataFormat("channels_first")
                        .groups(2)
                        .activation("relu")
                        .useBias(false)
                        .kernelInitializer(new RandomNormal(0, 0.5, 3L))
                        .biasInitializer(new Constant(0.1))
                        .kernelRegularizer(L1L2.of(0.01, 0.02))
                        .biasRegularizer(new L2(0.03))
                        .activityRegularizer(new L2(0.5))
                        .kernelConstraint(MaxNorm.of(2).axis(0, 1, 2))
                        .biasConstraint(UnitNorm.of())
                        .name("c")
                        .trainable(false)
                        .inputShape(3, 28, Shape.UNKNOWN));
    }

    @Test
    void conv2d_ofNulls_takesKerasMeaningOfNone() {
        assertThat(layer("Conv2D", """
                {"filters": 8, "kernel_size": 3, "data_format": null, "activation": null, "kernel_initializer": null,
                 "bias_initializer": null, "kernel_regularizer": null, "bias_regularizer": null,
                 "activity_regularizer": null, "kernel_constraint": null, "bias_constraint": null, "name": null}
                """)).isEqualTo(Conv2D.of(8, 3).biasInitializer(Initializer.of(null)));
    }

    @Test
    void initializer_ofNumbers_isThoseValues() {
        assertThat(KerasArguments.initializer(List.of(List.of(1, 2.5), List.of(3, 4))))
                .isEqualTo(new Values(List.of(2, 2), List.of(1f, 2.5f, 3f, 4f)));
        assertThat(KerasArguments.initializer(Json.parse("{\"shape\": [2], \"data\": [1, 2]}")))
                .isEqualTo(new Values(List.of(2), List.of(1f, 2f)));
    }

    @Test
    void activation_ofArguments_hasThem() {
        assertThat(KerasArguments.activation(Json.parse("{\"relu\": {\"max_value\": 6}}")))
                .isEqualTo(Activation.of("relu").with("max_value", 6));
        assertThat(KerasArguments.activation(Json.parse("{\"class_name\": \"LeakyReLU\", \"config\": {}}")))
                .isEqualTo(Activation.of("leaky_relu").with("negative_slope", 0.3));
    }

    @Test
    void layer_ofOthersWithArguments_hasThem() {
        assertThat(layer("InputLayer", "{\"shape\": [28, 28, 1]}")).isEqualTo(Input.of(28, 28, 1));
        assertThat(layer("MaxPooling2D", "{\"pool_size\": [2, 3], \"strides\": null}"))
                .isEqualTo(MaxPooling2D.of(2, 3));
        assertThat(layer("MaxPool2D", "{}")).isEqualTo(MaxPooling2D.of());
        assertThat(layer("Dropout", "{\"rate\": 0.5, \"noise_shape\": [null, 1], \"seed\": 5}"))
                .isEqualTo(Dropout.of(0.5).noiseShape(null, 1).seed(5));
        assertThat(layer("BatchNormalization", "{\"synchronized\": true}"))
                .isEqualTo(BatchNormalization.of().isSynchronized(true));
        assertThat(layer("Dense", "{\"units\": 3, \"batch_input_shape\": [null, 4]}"))
                .isEqualTo(Dense.of(3).inputShape(4));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Conv2D           | {"kernel_size": 3}              | Conv2D is missing 1 required argument: `filters`
            Conv2D           | {"filters": 3}                  | Conv2D is missing 1 required argument: `kernel_size`
            Dense            | {"units": 0}                    | Received an invalid value for `units`, expected a positive integer. Received: units=0
            Dense            | {"units": 2.5}                  | Invalid `units`: must be an integer
            Dropout          | {"rate": 2}                     | Expected a float value between 0 and 1. Received: rate=2
            Dropout          | {"rate": "x"}                   | Invalid `rate`: must be a number
            Dropout          | {}                              | Dropout is missing 1 required argument: `rate`
            MaxPooling2D     | {"pool_size": [1]}              | The `pool_size` argument must be a tuple of 2 integers. Received pool_size=[1]
            MaxPooling2D     | {"strides": [1, 1, 1]}          | The `strides` argument must be a tuple of 2 integers
            AveragePooling2D | {"padding": "full"}             | The `padding` argument
            Flatten          | {"data_format": "x"}            | The `data_format` argument
            Activation       | {}                              | Activation is missing 1 required argument: `activation`
            BatchNormalization | {"axis": "x"}                 | Invalid `axis`: must be an integer
            BatchNormalization | {"synchronized": 1}           | Invalid `synchronized`: must be
            BatchNormalization | {"renorm": true}              | argument `renorm` is not supported
            BatchNormalization | {"moving_mean_initializer": "ones"} | argument `moving_mean_initializer` is not supported but as "zeros"
            InputLayer       | {}                              | `shape`
            InputLayer       | {"shape": [2], "batch_shape": [null, 2]} | You cannot pass both
            InputLayer       | {"batch_shape": [5, 2]}         | must be None
            Conv3D           | {}                              | Unknown layer: 'Conv3D' is not one of the supported classes. Did you mean `Conv2D`?
            LSTM             | {}                              | Unknown layer: 'LSTM'
            """)
    void layer_ofWrongArguments_isRefused(String className, String json, String message) {
        assertThatThrownBy(() -> layer(className, json))
                .isInstanceOfAny(IllegalArgumentException.class, NotSupportedException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"valid\"", "\"Valid\"", "\"SAME\""})
    void conv2d_ofPaddingInAnyCase_takesIt(String padding) {
        assertThat(layer("Conv2D", "{\"filters\": 1, \"kernel_size\": 1, \"padding\": " + padding + "}"))
                .isInstanceOf(Conv2D.class);
    }

    @Test
    void loss_optimizerAndMetric_takeEveryForm() {
        assertThat(KerasArguments.optimizer(Json.parse("{\"name\": \"SGD\", \"learning_rate\": 0.5}")))
                .isEqualTo(KerasArguments.optimizer(Json.parse("{\"sgd\": 0.5}")))
                .isEqualTo(KerasArguments.optimizer(
                        Json.parse("{\"class_name\": \"SGD\", \"config\": {\"learning_rate\": 0.5}}")));
        assertThat(KerasArguments.loss(Json.parse("{\"class_name\": \"MeanSquaredError\", \"config\": {}}")))
                .isEqualTo(KerasArguments.loss("mse"));
        assertThat(KerasArguments.metric(Json.parse("{\"class_name\": \"BinaryAccuracy\", \"config\": {}}")))
                .isEqualTo(KerasArguments.metric("binary_accuracy"));
        assertThat(KerasArguments.regularizer(null)).isNull();
        assertThat(KerasArguments.constraint(null)).isNull();
        assertThatThrownBy(() -> KerasArguments.loss(null)).hasMessage("Could not interpret loss identifier: None");
    }
}
