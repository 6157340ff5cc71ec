package org.lockstep.conf.json;

import java.util.Map;
import java.util.function.Function;
import org.lockstep.layers.Conv2D;
import org.lockstep.layers.Conv2DTranspose;
import org.lockstep.layers.Convolving;
import org.lockstep.layers.DepthwiseConv2D;
import org.lockstep.layers.Layer;
import org.lockstep.layers.SeparableConv2D;

/** Convolutions from Keras's constructor arguments. */
final class Convolutions {

    private Convolutions() {}

    /** Adds what makes each class, by Keras's names. */
    static void addTo(Map<String, Function<Arguments, Layer>> makers) {
        makers.put("Conv2D", Convolutions::plain);
        makers.put("Convolution2D", Convolutions::plain);
        makers.put("DepthwiseConv2D", Convolutions::depthwise);
        makers.put("SeparableConv2D", Convolutions::separable);
        makers.put("SeparableConvolution2D", Convolutions::separable);
        makers.put("Conv2DTranspose", Convolutions::transposed);
        makers.put("Convolution2DTranspose", Convolutions::transposed);
    }

    private static Layer plain(Arguments a) {
        Conv2D layer =
                shared(a, Conv2D.of(a.required("filters", Value::integer), a.required("kernel_size", Value::pair)));
        layer = a.set(layer, "groups", Value::integer, Conv2D::groups);
        a.only("lora_rank", (Object) null);
        a.only("lora_alpha", (Object) null);
        return layer.kernel(Layers.weight(a, "kernel", layer.kernel()));
    }

    private static Layer depthwise(Arguments a) {
        DepthwiseConv2D layer = shared(a, DepthwiseConv2D.of(a.required("kernel_size", Value::pair)));
        layer = a.set(layer, "depth_multiplier", Value::integer, DepthwiseConv2D::depthMultiplier);
        return layer.kernel(Layers.weight(a, "depthwise", layer.kernel()));
    }

    private static Layer separable(Arguments a) {
        SeparableConv2D layer = shared(
                a, SeparableConv2D.of(a.required("filters", Value::integer), a.required("kernel_size", Value::pair)));
        layer = a.set(layer, "depth_multiplier", Value::integer, SeparableConv2D::depthMultiplier);
        layer = layer.depthwise(Layers.weight(a, "depthwise", layer.depthwise()));
        return layer.pointwise(Layers.weight(a, "pointwise", layer.pointwise()));
    }

    private static Layer transposed(Arguments a) {
        Conv2DTranspose layer = shared(
                a, Conv2DTranspose.of(a.required("filters", Value::integer), a.required("kernel_size", Value::pair)));
        layer = a.setUnlessNull(layer, "output_padding", Value::pair, Conv2DTranspose::outputPadding);
        return layer.kernel(Layers.weight(a, "kernel", layer.kernel()));
    }

    /** With what all of them take. */
    private static <T extends Convolving<T>> T shared(Arguments a, T convolution) {
        T layer = a.set(convolution, "strides", Value::pair, T::strides);
        layer = a.set(layer, "padding", Layers::padding, T::padding);
        layer = a.setUnlessNull(layer, "data_format", Layers::dataFormat, T::dataFormat);
        layer = a.set(layer, "dilation_rate", Value::pair, T::dilationRate);
        layer = a.set(layer, "activation", Activations::read, T::activation);
        layer = a.set(layer, "use_bias", Value::flag, T::useBias);
        layer = layer.bias(Layers.weight(a, "bias", layer.bias()));
        return a.setUnlessNull(layer, "activity_regularizer", Families::regularizer, T::activityRegularizer);
    }
}
