package org.lockstep.conf.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lockstep.constraints.MaxNorm;
import org.lockstep.initializers.Constant;
import org.lockstep.layers.Conv2DTranspose;
import org.lockstep.layers.ELU;
import org.lockstep.layers.Input;
import org.lockstep.layers.KerasTensor;
import org.lockstep.layers.Layer;
import org.lockstep.layers.PReLU;
import org.lockstep.layers.SeparableConv2D;
import org.lockstep.layers.SpatialDropout2D;
import org.lockstep.layers.UpSampling2D;
import org.lockstep.model.Model;
import org.lockstep.model.Sequential;
import org.lockstep.regularizers.L2;

/** Convolutions of several kernels and those that go back, learned slopes and whole channels dropped, as Keras's JSON. */
class ConvolutionArgumentsTest {

    private static Layer layer(String className, String json) {
        return KerasArguments.layer(className, Json.parseObject(json));
    }

    @Test
    void separable_ofEveryArgument_hasThemAll() {
        assertThat(layer("SeparableConvolution2D", """
                {"filters": 8, "kernel_size": [3, 2], "strides": [1, 1], "padding": "same",
                 "data_format": "channels_first", "dilation_rate": 2, "depth_multiplier": 3, "activation": "relu",
                 "use_bias": false, "depthwise_initializer": "ones", "pointwise_initializer": "zeros",
                 "bias_initializer": {"constant": 0.1}, "depthwise_regularizer": {"l2": 0.1},
                 "pointwise_regularizer": {"l2": 0.2}, "bias_regularizer": {"l2": 0.3},
                 "activity_regularizer": {"l2": 0.4}, "depthwise_constraint": {"max_norm": 1},
                 "pointwise_constraint": {"max_norm": 2}, "bias_constraint": {"max_norm": 3}}
                """))
                .isEqualTo(SeparableConv2D.of(8, 3, 2)
                        .padding("same")
                        .dataFormat("channels_first")
                        .dilationRate(2)
                        .depthMultiplier(3)
                        .activation("relu")
                        .useBias(false)
                        .depthwiseInitializer("ones")
                        .pointwiseInitializer("zeros")
                        .biasInitializer(new Constant(0.1))
                        .depthwiseRegularizer(new L2(0.1))
                        .pointwiseRegularizer(new L2(0.2))
                        .biasRegularizer(new L2(0.3))
                        .activityRegularizer(new L2(0.4))
                        .depthwiseConstraint(MaxNorm.of(1))
                        .pointwiseConstraint(MaxNorm.of(2))
                        .biasConstraint(MaxNorm.of(3)));
    }

    @Test
    void transposed_ofEveryArgument_hasThemAll() {
        assertThat(layer("Convolution2DTranspose", """
                {"filters": 8, "kernel_size": 3, "strides": [2, 3], "padding": "SAME", "output_padding": [0, 1],
                 "data_format": "channels_first", "dilation_rate": 1, "activation": "tanh", "use_bias": true,
                 "kernel_initializer": "ones", "bias_initializer": "ones", "kernel_regularizer": {"l2": 0.1},
                 "bias_regularizer": {"l2": 0.2}, "activity_regularizer": {"l2": 0.3},
                 "kernel_constraint": {"max_norm": 1}, "bias_constraint": {"max_norm": 2}}
                """))
                .isEqualTo(Conv2DTranspose.of(8, 3)
                        .strides(2, 3)
                        .padding("same")
                        .outputPadding(0, 1)
                        .dataFormat("channels_first")
                        .activation("tanh")
                        .kernelInitializer("ones")
                        .biasInitializer("ones")
                        .kernelRegularizer(new L2(0.1))
                        .biasRegularizer(new L2(0.2))
                        .activityRegularizer(new L2(0.3))
                        .kernelConstraint(MaxNorm.of(1))
                        .biasConstraint(MaxNorm.of(2)));
    }

    @Test
    void others_ofTheirArguments_haveThem() {
        assertThat(layer("PReLU", "{\"alpha_initializer\": \"ones\", \"shared_axes\": [1, 2]}"))
                .isEqualTo(PReLU.of().alphaInitializer("ones").sharedAxes(1, 2));
        assertThat(layer(
                        "PReLU",
                        "{\"alpha_regularizer\": {\"l2\": 0.1}, \"alpha_constraint\": {\"max_norm\": 1}, "
                                + "\"shared_axes\": 3}"))
                .isEqualTo(PReLU.of()
                        .alphaRegularizer(new L2(0.1))
                        .alphaConstraint(MaxNorm.of(1))
                        .sharedAxes(3));
        assertThat(layer("UpSampling2D", "{\"size\": [2, 3], \"interpolation\": \"Bilinear\"}"))
                .isEqualTo(UpSampling2D.of(2, 3).interpolation("bilinear"));
        assertThat(layer("ELU", "{\"alpha\": 0.5}")).isEqualTo(ELU.of(0.5));
        assertThat(layer("SpatialDropout2D", "{\"rate\": 0.5, \"data_format\": \"channels_first\", \"seed\": 4}"))
                .isEqualTo(SpatialDropout2D.of(0.5).dataFormat("channels_first").seed(4));
    }

    static Stream<Layer> layers() {
        return Stream.of(
                SeparableConv2D.of(2, 3).depthMultiplier(2).activation("relu"),
                Conv2DTranspose.of(2, 3),
                Conv2DTranspose.of(2, 3).strides(2).outputPadding(1, 0),
                PReLU.of(),
                PReLU.of().sharedAxes(1, 2),
                ELU.of(0.5),
                UpSampling2D.of(2).interpolation("bilinear"),
                SpatialDropout2D.of(0.25).seed(3));
    }

    @ParameterizedTest
    @MethodSource("layers")
    void toJson_thenParse_givesTheSameModel(Layer layer) {
        Model stack = Sequential.of(Input.of(6, 6, 3), layer.conf(layer.conf().name("one")));
        assertThat(KerasJson.fromJson(KerasJson.toJson(stack))).isEqualTo(stack);

        Input image = Input.of(6, 6, 3);
        KerasTensor x = layer.conf(layer.conf().name("one")).on(image);
        Model graph = Model.of(image, layer.conf(layer.conf().name("two")).on(x));
        assertThat(KerasJson.fromJson(KerasJson.toJson(graph))).isEqualTo(graph);
    }
}
