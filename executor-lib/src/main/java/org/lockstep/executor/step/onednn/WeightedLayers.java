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
        Shape shape =
                layer.activation(Activation.LINEAR).outputShape(input.layout().shape());
        return convolution(index, layer.window(), layer.groups(), layer.useBias(), layer.activation(), input, shape);
    }

    /** A convolution in as many groups as there are channels, whose kernel has the same order in memory. */
    Value depthwise(int index, DepthwiseConv2D layer, Value input) {
        Shape shape =
                layer.activation(Activation.LINEAR).outputShape(input.layout().shape());
        int channels =
                input.layout().shape().dimension(layer.window().dataFormat().channelAxis());
        return convolution(index, layer.window(), channels, layer.useBias(), layer.activation(), input, shape);
    }

    private Value convolution(
            int index, Window window, int groups, boolean biased, Activation activation, Value input, Shape shape) {
        DataFormat format = window.dataFormat();
        Value x = builder.images(input, format);
        Layout output = x.layout().shape(shape);
        Geometry geometry = Geometry.of(window, x.layout().image(format));
        if (builder.last() instanceof PaddingOperation padding && padding.yields(x) && padding.format() == format) {
            Geometry wider = geometry.without(padding.margins());
            if (wider != null) {
                builder.removeLast();
                geometry = wider;
                Value inner = padding.x();
                x = inner.layout(inner.layout()
                        .moved(x.layout().moved())
                        .blocked(x.layout().blocked()));
            }
        }
        Image image = x.layout().image(format);
        Product product = new Convolution(builder.device(), image, output.image(format), geometry, groups, biased);
        return weighted(index, product, activation, x, output);
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
