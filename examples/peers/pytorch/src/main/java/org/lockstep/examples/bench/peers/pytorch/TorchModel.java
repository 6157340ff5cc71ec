package org.lockstep.examples.bench.peers.pytorch;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.lockstep.layers.Conv2D;
import org.lockstep.layers.DataFormat;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Flatten;
import org.lockstep.layers.Layer;
import org.lockstep.layers.MaxPooling2D;
import org.lockstep.layers.Padding;
import org.lockstep.layers.Shape;
import org.lockstep.layers.Window;
import org.lockstep.model.Sequential;

/**
 * A network as PyTorch computes it, from images (n, channels, height, width) to logits: the softmax at its end is left to
 * the loss.
 */
final class TorchModel {

    /** One layer. */
    private interface Operation {
        Tensor apply(Tensor x);
    }

    private final torch.MemoryFormat format;
    private final List<Operation> operations = new ArrayList<>();
    private final List<Tensor> parameters = new ArrayList<>();

    /**
     * The network with fresh weights, drawn as Keras draws them.
     *
     * @param format of kernels, which images should have too
     */
    TorchModel(Sequential network, torch.MemoryFormat format) {
        this.format = format;
        Shape input = network.inputShape();
        List<Layer> layers = network.layers();
        for (int i = 0; i < layers.size(); i++) {
            add(layers.get(i), input, i == layers.size() - 1);
            input = layers.get(i).outputShape(input);
        }
    }

    private void add(Layer layer, Shape input, boolean isLast) {
        if (layer instanceof Conv2D convolution) {
            convolution(convolution, input.dimension(DataFormat.CHANNELS_LAST.channelAxis()));
            function(layer, convolution.activation().name(), isLast);
        } else if (layer instanceof Dense dense) {
            dense(dense, input.dimension(-1));
            function(layer, dense.activation().name(), isLast);
        } else if (layer instanceof MaxPooling2D pooling) {
            long[] size = pair(pooling.window());
            long[] strides = strides(pooling.window());
            operations.add(x -> torch.max_pool2d(x, size, strides, new long[] {0, 0}, new long[] {1, 1}, false));
        } else if (layer instanceof Flatten) {
            operations.add(x -> torch.flatten(x, 1, -1));
        } else {
            throw new IllegalArgumentException("Cannot write " + layer.name()
                    + " for PyTorch: only convolutions, max poolings, dense layers and Flatten are known");
        }
    }

    private void convolution(Conv2D layer, int channels) {
        Window window = layer.window();
        long[] size = pair(window);
        long[] padding = {(window.extentHeight() - 1) / 2, (window.extentWidth() - 1) / 2};
        boolean isSame = window.padding() == Padding.SAME;
        if (isSame && (size[0] % 2 == 0 || window.strides().height() != 1 || layer.groups() != 1)) {
            throw new IllegalArgumentException("Cannot write " + layer.name()
                    + " for PyTorch: padding `same` needs odd kernels, strides of 1 and one group");
        }
        long area = size[0] * size[1];
        Tensor kernel = drawn(channels * area, layer.filters() * area, layer.filters(), channels, size[0], size[1]);
        Tensor bias = zeros(layer.filters());
        Tensor weights = parameter(kernel.contiguous(format));
        TensorOptional optionalBias = new TensorOptional(parameter(bias));
        long[] around = isSame ? padding : new long[] {0, 0};
        long[] strides = strides(window);
        operations.add(x -> torch.conv2d(x, weights, optionalBias, strides, around, new long[] {1, 1}, 1));
    }

    private void dense(Dense layer, int inputs) {
        Tensor weights = parameter(drawn(inputs, layer.units(), layer.units(), inputs));
        TensorOptional bias = new TensorOptional(parameter(zeros(layer.units())));
        operations.add(x -> torch.linear(x, weights, bias));
    }

    private void function(Layer layer, String name, boolean isLast) {
        if (name.equals("relu")) {
            operations.add(torch::relu_);
        } else if (!name.equals("linear") && !(isLast && name.equals("softmax"))) {
            throw new IllegalArgumentException(
                    "Cannot write " + layer.name() + " for PyTorch: activation `" + name + "` is not known");
        }
    }

    /** Uniform within the square root of 6 / (inputs + outputs), after Glorot. */
    private static Tensor drawn(long inputs, long outputs, long... shape) {
        double limit = Math.sqrt(6.0 / (inputs + outputs));
        return torch.zeros(shape).uniform_(-limit, limit, new GeneratorOptional());
    }

    private static Tensor zeros(long length) {
        return torch.zeros(length);
    }

    private Tensor parameter(Tensor values) {
        parameters.add(values.set_requires_grad(true));
        return parameters.get(parameters.size() - 1);
    }

    private static long[] pair(Window window) {
        return new long[] {window.size().height(), window.size().width()};
    }

    private static long[] strides(Window window) {
        return new long[] {window.strides().height(), window.strides().width()};
    }

    Tensor logits(Tensor images) {
        Tensor x = images;
        for (Operation operation : operations) {
            x = operation.apply(x);
        }
        return x;
    }

    /** What is trained. */
    TensorVector parameters() {
        return new TensorVector(parameters.toArray(Tensor[]::new));
    }
}
