package org.lockstep.examples.bench.peers.pytorch;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;
import org.lockstep.activations.Activation;
import org.lockstep.layers.Activating;
import org.lockstep.layers.Add;
import org.lockstep.layers.BatchNormalization;
import org.lockstep.layers.Conv2D;
import org.lockstep.layers.DataFormat;
import org.lockstep.layers.Dense;
import org.lockstep.layers.DepthwiseConv2D;
import org.lockstep.layers.Flatten;
import org.lockstep.layers.GlobalAveragePooling2D;
import org.lockstep.layers.Layer;
import org.lockstep.layers.MaxPooling2D;
import org.lockstep.layers.Padding;
import org.lockstep.layers.ReLU;
import org.lockstep.layers.Shape;
import org.lockstep.layers.Window;
import org.lockstep.regularizers.L2;
import org.lockstep.regularizers.Regularizer;

/** Layers as PyTorch's functions in training, and the parameters that they have made. */
final class TorchLayers {

    private static final int CHANNELS = DataFormat.CHANNELS_LAST.channelAxis();
    private static final Activation RELU6 = ReLU.of().maxValue(6.0).activation();
    private static final long[] ONES = {1, 1};

    /** What one call of a layer makes of its inputs. */
    interface Operation {
        Tensor apply(List<Tensor> inputs);
    }

    /** What is made of one tensor. */
    private interface Step {
        Tensor apply(Tensor x);
    }

    private final torch.MemoryFormat format;
    private final List<Tensor> parameters = new ArrayList<>();
    private double penalty;

    TorchLayers(torch.MemoryFormat format) {
        this.format = format;
    }

    List<Tensor> parameters() {
        return List.copyOf(parameters);
    }

    /** Twice the penalty's factor: its gradient is 2 · l2 · w. */
    double weightDecay() {
        return 2 * penalty;
    }

    /**
     * A layer with fresh weights.
     *
     * @param mayOverwrite whether nothing else reads the input
     * @param isLast whether its softmax is left to the loss
     */
    Operation operation(Layer layer, Shape input, Shape output, boolean mayOverwrite, boolean isLast) {
        if (layer instanceof Add) {
            return inputs -> inputs.stream().skip(1).reduce(inputs.get(0), torch::add);
        }
        Step step = step(layer, input, output, mayOverwrite, isLast);
        return inputs -> step.apply(inputs.get(0));
    }

    private Step step(Layer layer, Shape input, Shape output, boolean mayOverwrite, boolean isLast) {
        if (layer instanceof Conv2D one) {
            keepPenalty(one.kernel().regularizer());
            long perGroup = input.dimension(CHANNELS) / one.groups();
            Tensor kernel = kernel(one.window(), one.filters(), perGroup, one.filters() / one.groups());
            Step linear = convolution(one.window(), kernel, one.useBias(), one.groups(), input, output);
            return then(linear, function(layer, one.activation(), true, isLast));
        }
        if (layer instanceof DepthwiseConv2D one) {
            keepPenalty(one.kernel().regularizer());
            long channels = input.dimension(CHANNELS);
            Tensor kernel = kernel(one.window(), output.dimension(CHANNELS), 1, one.depthMultiplier());
            Step linear = convolution(one.window(), kernel, one.useBias(), channels, input, output);
            return then(linear, function(layer, one.activation(), true, isLast));
        }
        if (layer instanceof Dense one) {
            keepPenalty(one.kernel().regularizer());
            long inputs = input.dimension(-1);
            Tensor weights = parameter(drawn(inputs, one.units(), one.units(), inputs));
            TensorOptional bias = bias(one.useBias(), one.units());
            return then(x -> torch.linear(x, weights, bias), function(layer, one.activation(), true, isLast));
        }
        if (layer instanceof BatchNormalization one) {
            return normalization(one, input.dimension(CHANNELS));
        }
        if (layer instanceof Activating one) {
            return function(layer, one.activation(), mayOverwrite, isLast);
        }
        if (layer instanceof MaxPooling2D one && one.window().padding() == Padding.VALID) {
            long[] size = pair(one.window());
            long[] strides = strides(one.window());
            return x -> torch.max_pool2d(x, size, strides, new long[] {0, 0}, ONES, false);
        }
        if (layer instanceof GlobalAveragePooling2D one && !one.keepdims()) {
            return x -> torch.mean(x, 2, 3);
        }
        if (layer instanceof Flatten) {
            return x -> torch.flatten(x, 1, -1);
        }
        throw new IllegalArgumentException("Cannot write " + layer.name()
                + " for PyTorch: known are Conv2D, DepthwiseConv2D, Dense, BatchNormalization, activations, valid"
                + " MaxPooling2D, GlobalAveragePooling2D, Flatten and Add");
    }

    private static Step then(Step first, Step second) {
        return x -> second.apply(first.apply(x));
    }

    /** With strides, `same` is padded alike on both sides: as PyTorch is written, and of the same shape and cost. */
    private Step convolution(Window window, Tensor kernel, boolean useBias, long groups, Shape input, Shape output) {
        Tensor weights = parameter(kernel);
        TensorOptional bias = bias(useBias, output.dimension(CHANNELS));
        long[] strides = strides(window);
        long[] gaps = {window.dilation().height(), window.dilation().width()};
        long[] around = {
            around(window, input, output, DataFormat.CHANNELS_LAST.heightAxis(), window.extentHeight(), strides[0]),
            around(window, input, output, DataFormat.CHANNELS_LAST.widthAxis(), window.extentWidth(), strides[1])
        };
        return x -> torch.conv2d(x, weights, bias, strides, around, gaps, groups);
    }

    private static long around(Window window, Shape input, Shape output, int axis, int extent, long stride) {
        int size = input.dimension(axis);
        long zeros = (window.padding().total(size, extent, (int) stride) + 1L) / 2;
        if ((size + 2 * zeros - extent) / stride + 1 != output.dimension(axis)) {
            throw new IllegalArgumentException(
                    "Cannot write padding `same` of extent %d and stride %d over %d for PyTorch"
                            .formatted(extent, stride, size));
        }
        return zeros;
    }

    private static Step normalization(BatchNormalization layer, Tensor gamma, Tensor beta, long channels) {
        TensorOptional scale = new TensorOptional(gamma);
        TensorOptional shift = new TensorOptional(beta);
        TensorOptional mean = new TensorOptional(torch.zeros(channels));
        TensorOptional variance = new TensorOptional(torch.ones(channels));
        double momentum = 1 - layer.momentum();
        double epsilon = layer.epsilon();
        return x -> torch.batch_norm(x, scale, shift, mean, variance, true, momentum, epsilon, false);
    }

    private Step normalization(BatchNormalization layer, long channels) {
        return normalization(layer, parameter(torch.ones(channels)), parameter(torch.zeros(channels)), channels);
    }

    private static Step function(Layer layer, Activation function, boolean mayOverwrite, boolean isLast) {
        if (function.equals(Activation.of("relu"))) {
            return mayOverwrite ? torch::relu_ : torch::relu;
        }
        if (function.equals(RELU6)) {
            return mayOverwrite ? torch::relu6_ : torch::relu6;
        }
        if (function.equals(Activation.LINEAR) || (isLast && function.equals(Activation.of("softmax")))) {
            return x -> x;
        }
        throw new IllegalArgumentException(
                "Cannot write " + layer.name() + " for PyTorch: activation `" + function + "` is not known");
    }

    private Tensor kernel(Window window, long filters, long channels, long filtersOfGroup) {
        long[] size = pair(window);
        long area = size[0] * size[1];
        return drawn(channels * area, filtersOfGroup * area, filters, channels, size[0], size[1])
                .contiguous(format);
    }

    /** Uniform within the square root of 6 / (inputs + outputs), after Glorot. */
    private static Tensor drawn(long inputs, long outputs, long... shape) {
        double limit = Math.sqrt(6.0 / (inputs + outputs));
        return torch.zeros(shape).uniform_(-limit, limit, new GeneratorOptional());
    }

    private TensorOptional bias(boolean isUsed, long length) {
        return isUsed ? new TensorOptional(parameter(torch.zeros(length))) : new TensorOptional();
    }

    private Tensor parameter(Tensor values) {
        parameters.add(values.set_requires_grad(true));
        return parameters.get(parameters.size() - 1);
    }

    private void keepPenalty(@Nullable Regularizer regularizer) {
        if (regularizer instanceof L2 l2) {
            penalty = Math.max(penalty, l2.l2());
        } else if (regularizer != null) {
            throw new IllegalArgumentException(
                    "Cannot write a penalty for PyTorch: only L2 is known. Received: " + regularizer);
        }
    }

    private static long[] pair(Window window) {
        return new long[] {window.size().height(), window.size().width()};
    }

    private static long[] strides(Window window) {
        return new long[] {window.strides().height(), window.strides().width()};
    }
}
