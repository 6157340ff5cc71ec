package org.lockstep.conf.json;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lockstep.keras.NotSupportedException;
import org.lockstep.layers.Layer;
import org.lockstep.layers.Shape;

/** Every argument of {@code Conv2D} in every wrong form. */
class ConvolutionErrorsTest {

    private static Layer conv2d(String json) {
        return KerasArguments.layer("Conv2D", Json.parseObject(json));
    }

    /** One wrong argument each, beside a good {@code filters} and {@code kernel_size}. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "filters": 0                      | Invalid value for argument `filters`. Expected a strictly positive value. Received filters=0.
            "filters": -1                     | Expected a strictly positive value. Received filters=-1.
            "filters": null                   | Invalid `filters`: must be an integer. Received: filters=None of type <class 'NoneType'>
            "filters": 8.0                    | Invalid `filters`: must be an integer. Received: filters=8.0 of type <class 'float'>
            "filters": "8"                    | Invalid `filters`: must be an integer. Received: filters='8' of type <class 'str'>
            "filters": true                   | Invalid `filters`: must be an integer. Received: filters=True of type <class 'bool'>
            "filters": [8]                    | Invalid `filters`
            "kernel_size": 0                  | The `kernel_size` argument must be a tuple of 2 integers. Received kernel_size=0, including values {0} that do not satisfy `value > 0`
            "kernel_size": [1, 0]             | The `kernel_size` argument must be a tuple of 2 integers. Received kernel_size=(1, 0), including values {0} that do not satisfy `value > 0`
            "kernel_size": [-1, 2]            | including values {-1} that do not satisfy `value > 0`
            "kernel_size": [1, 2, 3]          | The `kernel_size` argument must be a tuple of 2 integers. Received kernel_size=[1, 2, 3]
            "kernel_size": [3]                | Received kernel_size=[3]
            "kernel_size": []                 | Received kernel_size=[]
            "kernel_size": 2.5                | Received kernel_size=2.5
            "kernel_size": "3"                | Received kernel_size=3
            "kernel_size": null               | Received kernel_size=None
            "kernel_size": true               | Received kernel_size=True
            "kernel_size": {"a": 1}           | The `kernel_size` argument must be a tuple of 2 integers
            "kernel_size": [1, null]          | including element None of type <class 'NoneType'>
            "kernel_size": [1, "x"]           | including element x of type <class 'str'>
            "kernel_size": [1.5, 2]           | including element 1.5 of type <class 'float'>
            "strides": 0                      | The `strides` argument must be a tuple of 2 integers. Received strides=0
            "strides": [1, -2]                | including values {-2}
            "strides": [1, 1, 1]              | The `strides` argument must be a tuple of 2 integers. Received strides=[1, 1, 1]
            "strides": null                   | Received strides=None
            "strides": 1.0                    | Received strides=1.0
            "dilation_rate": 0                | The `dilation_rate` argument must be a tuple of 2 integers. Received dilation_rate=0
            "dilation_rate": [0, 1]           | including values {0}
            "dilation_rate": null             | Received dilation_rate=None
            "dilation_rate": [1, 1, 1]        | Received dilation_rate=[1, 1, 1]
            "strides": 2, "dilation_rate": 2  | `strides > 1` not supported in conjunction with `dilation_rate > 1`. Received: strides=(2, 2) and dilation_rate=(2, 2)
            "strides": [1, 2], "dilation_rate": [2, 1] | Received: strides=(1, 2) and dilation_rate=(2, 1)
            "padding": "causal"               | The `padding` argument must be one of {'valid', 'same'}. Received: causal
            "padding": "bad"                  | Received: bad
            "padding": null                   | Received: None
            "padding": 1                      | Received: 1
            "padding": [1, 1]                 | Received: [1, 1]
            "data_format": "nhwc"             | The `data_format` argument must be one of {'channels_first', 'channels_last'}. Received: data_format=nhwc
            "data_format": 5                  | Received: data_format=5
            "data_format": ""                 | Received: data_format=
            "groups": 0                       | The number of groups must be a positive integer. Received: groups=0.
            "groups": -1                      | The number of groups must be a positive integer. Received: groups=-1.
            "groups": 3                       | The number of filters must be evenly divisible by the number of groups. Received: groups=3, filters=8.
            "groups": null                    | Invalid `groups`
            "groups": 2.0                     | Invalid `groups`
            "activation": "no_such"           | Could not interpret activation function identifier: no_such
            "activation": "Relu"              | Could not interpret activation function identifier: Relu
            "activation": 3                   | Could not interpret activation function identifier: 3
            "activation": {"class_name": "Mine", "config": {}} | class 'Mine' is not supported
            "use_bias": "yes"                 | Invalid `use_bias`: must be True or False
            "use_bias": null                  | Invalid `use_bias`
            "kernel_initializer": "no_such"   | Could not interpret initializer identifier: no_such
            "kernel_initializer": "constant"  | argument `value` must be given
            "kernel_initializer": 3           | Could not interpret initializer identifier: 3
            "kernel_initializer": {}          | Could not interpret initializer identifier: {}
            "kernel_initializer": {"class_name": "Mine", "config": {}} | Mine
            "kernel_initializer": {"class_name": "HeNormal", "config": {"sed": 1}} | Did you mean `seed`?
            "kernel_initializer": {"variance_scaling": -1} | Argument `scale` must be positive float
            "bias_initializer": "no_such"     | Could not interpret initializer identifier: no_such
            "kernel_regularizer": "no_such"   | Could not interpret regularizer identifier: no_such
            "kernel_regularizer": "l1_l2"     | Could not interpret regularizer identifier: l1_l2
            "kernel_regularizer": {"l2": -0.1} | expected a non-negative float
            "kernel_regularizer": {"l1": 0.1, "l2": -1} | expected a non-negative float
            "kernel_regularizer": {"l2": "x"} | Invalid `l2`: must be a number
            "kernel_regularizer": {"l2": NaN} | expected a non-negative float
            "kernel_regularizer": {"l2": Infinity} | expected a non-negative float
            "kernel_regularizer": 0.1         | Could not interpret regularizer identifier: 0.1
            "bias_regularizer": "no_such"     | Could not interpret regularizer identifier: no_such
            "activity_regularizer": "no_such" | Could not interpret regularizer identifier: no_such
            "kernel_constraint": "no_such"    | Could not interpret constraint identifier: no_such
            "kernel_constraint": 3            | Could not interpret constraint identifier: 3
            "kernel_constraint": {"max_norm": 2, "axes": 0} | Did you mean `axis`?
            "bias_constraint": "no_such"      | Could not interpret constraint identifier: no_such
            "name": "a/b"                     | Argument `name` must be a string and cannot contain character `/`. Received: name=a/b
            "name": 3                         | Invalid `name`: must be a string
            "trainable": null                 | Invalid `trainable`
            "dtype": "float64"                | argument `dtype` is not supported
            "lora_rank": 4                    | argument `lora_rank` is not supported
            "input_shape": [28, -1, 1]        | Invalid `input_shape`
            "input_shape": 3                  | Invalid `input_shape`
            "kernel_siz": 3                   | Unrecognized keyword arguments passed to Conv2D: {'kernel_siz': 3}. Did you mean `kernel_size`?
            "kernelInitializer": "zeros"      | Did you mean `kernel_initializer`?
            "weights": []                     | Unrecognized keyword arguments passed to Conv2D: {'weights': []}.
            """)
    void conv2d_ofAWrongArgument_isRefusedInKerasWords(String argument, String message) {
        String good = argument.startsWith("\"filters\"") ? "\"kernel_size\": 3" : "\"filters\": 8";
        String other =
                good.contains("kernel_size") || argument.startsWith("\"kernel_size\"") ? "" : ", \"kernel_size\": 3";

        assertThatThrownBy(() -> conv2d("{" + good + other + ", " + argument + "}"))
                .isInstanceOfAny(IllegalArgumentException.class, NotSupportedException.class)
                .hasMessageContaining(message);
    }

    /** Wrong only once the input is known. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"filters": 4, "kernel_size": 3, "groups": 2}                                | null, 8, 8, 3  | The number of input channels must be evenly divisible by the number of groups. Received groups=2, but the input has 3 channels (full input shape is (None, 8, 8, 3)).
            {"filters": 4, "kernel_size": 5}                                             | null, 4, 4, 3  | Computed output size would be zero or negative
            {"filters": 4, "kernel_size": 2, "dilation_rate": 10}                        | null, 10, 10, 3 | Computed output size would be zero or negative
            {"filters": 4, "kernel_size": 3}                                             | null, 8, 3     | expected ndim=4, found ndim=3
            {"filters": 4, "kernel_size": 3}                                             | null, 8, 8, 8, 3 | expected ndim=4, found ndim=5
            {"filters": 4, "kernel_size": 3}                                             | null, 8, 8, null | The channel dimension of the inputs should be defined. Found `None`
            {"filters": 4, "kernel_size": 3, "data_format": "channels_first"}            | null, null, 8, 8 | The channel dimension of the inputs should be defined. Found `None`
            {"filters": 4, "kernel_size": 3, "data_format": "channels_first"}            | null, 8, 2, 8  | Computed output size would be zero or negative
            {"filters": 4, "kernel_size": 3, "padding": "same"}                          | null, 0, 8, 3  | Computed output size would be zero or negative
            """)
    void conv2d_ofAWrongInput_isRefusedAtBuild(String json, String input, String message) {
        Layer layer = conv2d(json);
        Shape shape = Shape.of(Value.dimensions("shape", Json.parse("[" + input + "]")));

        assertThatThrownBy(() -> layer.outputShape(shape))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
