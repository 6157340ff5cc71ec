package org.lockstep.executor.step.onednn;

import org.jspecify.annotations.Nullable;
import org.lockstep.activations.Activation;
import org.lockstep.layers.Conv2D;
import org.lockstep.layers.Conv2DTranspose;
import org.lockstep.layers.DataFormat;
import org.lockstep.layers.Dense;
import org.lockstep.layers.DepthwiseConv2D;
import org.lockstep.layers.SeparableConv2D;
import org.lockstep.layers.Shape;
import org.lockstep.layers.Window;

/** Operations of layers with a kernel and a bias; indices are the calls' places in the model. */
record WeightedLayers(Builder builder, ActivationLayers activations) {

    private static final String KERNEL = "kernel";

    /** Images in the order that kernels take, and where windows lie on them. */
    private record View(Value images, DataFormat format, Geometry geometry) {

        int channels() {
            return images.layout().shape().dimension(format.channelAxis());
        }
    }

    /** What a product trains. */
    private record Weights(Parameter kernel, @Nullable Parameter bias) {}

    Value convolution(int index, Conv2D layer, Value input) {
        Shape shape =
                layer.activation(Activation.LINEAR).outputShape(input.layout().shape());
        View view = view(layer.window(), input);
        Value y = convolved(index, view, layer.groups(), shape, weights(index, KERNEL));
        return activations.add(index, layer.activation(), y);
    }

    /** A convolution in as many groups as there are channels, whose kernel has the same order in memory. */
    Value depthwise(int index, DepthwiseConv2D layer, Value input) {
        Shape shape =
                layer.activation(Activation.LINEAR).outputShape(input.layout().shape());
        View view = view(layer.window(), input);
        Value y = convolved(index, view, view.channels(), shape, weights(index, KERNEL));
        return activations.add(index, layer.activation(), y);
    }

    Value separable(int index, SeparableConv2D layer, Value input) {
        Shape shape = input.layout().shape();
        View view = view(layer.window(), input);
        Weights depthwise = new Weights(builder.required(index, "depthwise_kernel"), null);
        Weights pointwise = weights(index, "pointwise_kernel");
        Shape deep = layer.depthwiseShape(shape);
        Value each = convolved(index, view, view.channels(), deep, depthwise);
        View pixels = view(Window.ofPixels(view.format()), each);
        Value y =
                convolved(index, pixels, 1, layer.activation(Activation.LINEAR).outputShape(shape), pointwise);
        return activations.add(index, layer.activation(), y);
    }

    Value transposed(int index, Conv2DTranspose layer, Value input) {
        DataFormat format = layer.window().dataFormat();
        Value x = builder.images(input, format);
        Shape shape =
                layer.activation(Activation.LINEAR).outputShape(input.layout().shape());
        Layout output = x.layout().shape(shape);
        Image from = x.layout().image(format);
        Image to = output.image(format);
        Convolution other =
                new Convolution(builder.device(), to, from, Geometry.transposed(layer.window(), from, to), 1, false);
        Product product = new TransposedConvolution(builder.device(), to, other);
        return activations.add(index, layer.activation(), made(index, product, x, output, weights(index, KERNEL)));
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
        return activations.add(index, layer.activation(), made(index, product, x, output, weights(index, KERNEL)));
    }

    private Weights weights(int index, String kernel) {
        return new Weights(builder.required(index, kernel), builder.parameter(index, "bias"));
    }

    /** The window on the input; margins of zeros that are just being put around it are left to the convolution. */
    private View view(Window window, Value input) {
        DataFormat format = window.dataFormat();
        Value x = builder.images(input, format);
        Geometry geometry = Geometry.of(window, x.layout().image(format));
        if (builder.last() instanceof PaddingOperation padding && padding.yields(x) && padding.format() == format) {
            Geometry wider = geometry.without(padding.margins());
            if (wider != null) {
                builder.removeLast();
                Value inner = padding.x();
                Layout layout = inner.layout()
                        .moved(x.layout().moved())
                        .blocked(x.layout().blocked());
                return new View(inner.layout(layout), format, wider);
            }
        }
        return new View(x, format, geometry);
    }

    private Value convolved(int index, View view, int groups, Shape shape, Weights weights) {
        Value x = view.images();
        Layout output = x.layout().shape(shape);
        Product product = new Convolution(
                builder.device(),
                x.layout().image(view.format()),
                output.image(view.format()),
                view.geometry(),
                groups,
                weights.bias() != null);
        return made(index, product, x, output, weights);
    }

    private Value made(int index, Product product, Value x, Layout output, Weights weights) {
        Value y = builder.value(output, x.gradient() != null || weights.kernel().gradient() != null);
        ProductOperation operation = ProductOperation.of(
                new ProductOperation.Linear(
                        builder.device(), builder.kind(), product, x, y, weights.kernel(), weights.bias()),
                Epilogue.NONE);
        if (operation == null) {
            throw new IllegalStateException("oneDNN has no kernel for layer " + index);
        }
        builder.add(operation);
        return y;
    }
}
