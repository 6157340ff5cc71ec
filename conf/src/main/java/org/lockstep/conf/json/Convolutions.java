package org.lockstep.conf.json;

import java.util.Map;
import java.util.function.Function;
import org.lockstep.layers.Conv2D;
import org.lockstep.layers.Conv2DTranspose;
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
        Conv2D layer = Conv2D.of(a.required("filters", Value::integer), a.required("kernel_size", Value::pair));
        layer = a.set(layer, "strides", Value::pair, Conv2D::strides);
        layer = a.set(layer, "padding", Layers::padding, Conv2D::padding);
        layer = a.setUnlessNull(layer, "data_format", Layers::dataFormat, Conv2D::dataFormat);
        layer = a.set(layer, "dilation_rate", Value::pair, Conv2D::dilationRate);
        layer = a.set(layer, "groups", Value::integer, Conv2D::groups);
        layer = a.set(layer, "activation", Activations::read, Conv2D::activation);
        layer = a.set(layer, "use_bias", Value::flag, Conv2D::useBias);
        layer = layer.kernel(Layers.weight(a, "kernel", layer.kernel()));
        layer = layer.bias(Layers.weight(a, "bias", layer.bias()));
        layer = a.setUnlessNull(layer, "activity_regularizer", Families::regularizer, Conv2D::activityRegularizer);
        a.only("lora_rank", (Object) null);
        a.only("lora_alpha", (Object) null);
        return layer;
    }

    private static Layer depthwise(Arguments a) {
        DepthwiseConv2D layer = DepthwiseConv2D.of(a.required("kernel_size", Value::pair));
        layer = a.set(layer, "strides", Value::pair, DepthwiseConv2D::strides);
        layer = a.set(layer, "padding", Layers::padding, DepthwiseConv2D::padding);
        layer = a.set(layer, "depth_multiplier", Value::integer, DepthwiseConv2D::depthMultiplier);
        layer = a.setUnlessNull(layer, "data_format", Layers::dataFormat, DepthwiseConv2D::dataFormat);
        layer = a.set(layer, "dilation_rate", Value::pair, DepthwiseConv2D::dilationRate);
        layer = a.set(layer, "activation", Activations::read, DepthwiseConv2D::activation);
        layer = a.set(layer, "use_bias", Value::flag, DepthwiseConv2D::useBias);
        layer = layer.kernel(Layers.weight(a, "depthwise", layer.kernel()));
        layer = layer.bias(Layers.weight(a, "bias", layer.bias()));
        layer = a.setUnlessNull(
                layer, "activity_regularizer", Families::regularizer, DepthwiseConv2D::activityRegularizer);
        return layer;
    }

    private static Layer separable(Arguments a) {
        SeparableConv2D layer =
                SeparableConv2D.of(a.required("filters", Value::integer), a.required("kernel_size", Value::pair));
        layer = a.set(layer, "strides", Value::pair, SeparableConv2D::strides);
        layer = a.set(layer, "padding", Layers::padding, SeparableConv2D::padding);
        layer = a.setUnlessNull(layer, "data_format", Layers::dataFormat, SeparableConv2D::dataFormat);
        layer = a.set(layer, "dilation_rate", Value::pair, SeparableConv2D::dilationRate);
        layer = a.set(layer, "depth_multiplier", Value::integer, SeparableConv2D::depthMultiplier);
        layer = a.set(layer, "activation", Activations::read, SeparableConv2D::activation);
        layer = a.set(layer, "use_bias", Value::flag, SeparableConv2D::useBias);
        layer = layer.depthwise(Layers.weight(a, "depthwise", layer.depthwise()));
        layer = layer.pointwise(Layers.weight(a, "pointwise", layer.pointwise()));
        layer = layer.bias(Layers.weight(a, "bias", layer.bias()));
        return a.setUnlessNull(
                layer, "activity_regularizer", Families::regularizer, SeparableConv2D::activityRegularizer);
    }

    private static Layer transposed(Arguments a) {
        Conv2DTranspose layer =
                Conv2DTranspose.of(a.required("filters", Value::integer), a.required("kernel_size", Value::pair));
        layer = a.set(layer, "strides", Value::pair, Conv2DTranspose::strides);
        layer = a.set(layer, "padding", Layers::padding, Conv2DTranspose::padding);
        layer = a.setUnlessNull(layer, "output_padding", Value::pair, Conv2DTranspose::outputPadding);
        layer = a.setUnlessNull(layer, "data_format", Layers::dataFormat, Conv2DTranspose::dataFormat);
        layer = a.set(layer, "dilation_rate", Value::pair, Conv2DTranspose::dilationRate);
        layer = a.set(layer, "activation", Activations::read, Conv2DTranspose::activation);
        layer = a.set(layer, "use_bias", Value::flag, Conv2DTranspose::useBias);
        layer = layer.kernel(Layers.weight(a, "kernel", layer.kernel()));
        layer = layer.bias(Layers.weight(a, "bias", layer.bias()));
        return a.setUnlessNull(
                layer, "activity_regularizer", Families::regularizer, Conv2DTranspose::activityRegularizer);
    }
}
