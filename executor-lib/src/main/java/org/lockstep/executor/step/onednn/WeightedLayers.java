package org.lockstep.executor.step.onednn;

import org.lockstep.activations.Activation;
import org.lockstep.layers.Conv2D;
import org.lockstep.layers.DataFormat;
import org.lockstep.layers.Dense;
import org.lockstep.layers.DepthwiseConv2D;
import org.lockstep.layers.Shape;
import org.lockstep.layers.Window;

/** Operations of layers with a kernel and a bias; indices are the calls' places in the model. */
record WeightedLayers(Builder builder, ActivationLayers activations) {

    Value convolution(int index, Conv2D layer, Value input) {
        Value x = builder.arranged(input, layer.window().dataFormat() == DataFormat.CHANNELS_FIRST);
        Shape shape = layer.activation(Activation.LINEAR).outputShape(x.layout().shape());
        Layout output = x.layout().shape(shape);
        Product product = convolution(layer.window(), layer.groups(), layer.useBias(), x, output);
        return weighted(index, product, layer.activation(), x, output);
    }

    /** A convolution in as many groups as there are channels, whose kernel has the same order in memory. */
    Value depthwise(int index, DepthwiseConv2D layer, Value input) {
        DataFormat format = layer.window().dataFormat();
        Value x = builder.arranged(input, format == DataFormat.CHANNELS_FIRST);
        Shape shape = layer.activation(Activation.LINEAR).outputShape(x.layout().shape());
        Layout output = x.layout().shape(shape);
        int channels = x.layout().image(format).channels();
        Product product = convolution(layer.window(), channels, layer.useBias(), x, output);
        return weighted(index, product, layer.activation(), x, output);
    }

    private Product convolution(Window window, int groups, boolean biased, Value x, Layout output) {
        Image image = x.layout().image(window.dataFormat());
        Geometry geometry = Geometry.of(window, image);
        return new Convolution(builder.device(), image, output.image(window.dataFormat()), geometry, groups, biased);
    }

    Value dense(int index, Dense layer, Value input) {
        Value x = builder.arranged(input, false);
        Layout output = x.layout().shape(x.layout().shape().with(-1, layer.units()));
        int in = x.layout().shape().dimension(-1);
        Product product = new InnerProduct(
                builder.device(),
                x.layout().size() / in,
                in,
                layer.units(),
                layer.useBias(),
                x.layout().numbers());
        return weighted(index, product, layer.activation(), x, output);
    }

    private Value weighted(int index, Product product, Activation activation, Value x, Layout output) {
        Parameter weight = builder.required(index, "kernel");
        Value y = builder.value(output, x.gradient() != null || weight.gradient() != null);
        ProductOperation operation = ProductOperation.of(
                new ProductOperation.Linear(
                        builder.device(), builder.kind(), product, x, y, weight, builder.parameter(index, "bias")),
                Epilogue.NONE);
        if (operation == null) {
            throw new IllegalStateException("oneDNN has no kernel for layer " + index);
        }
        builder.add(operation);
        return activations.add(index, activation, y);
    }
}
