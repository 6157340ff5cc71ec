package org.lockstep.examples.bench.primitives;

import java.util.ArrayList;
import java.util.List;
import org.lockstep.layers.Conv2D;
import org.lockstep.layers.DataFormat;
import org.lockstep.layers.DepthwiseConv2D;
import org.lockstep.layers.Layer;
import org.lockstep.layers.Padding;
import org.lockstep.layers.Shape;
import org.lockstep.layers.Variable;
import org.lockstep.layers.Window;
import org.lockstep.model.LayerCall;
import org.lockstep.model.Model;

/**
 * One convolution of a network, in oneDNN's terms: arrays are (height, width).
 *
 * @param input channels, height, width
 * @param output filters, height, width
 * @param gaps dilation minus 1
 * @param isFirst whether nothing below it is trained, so that it needs no gradient of its input
 */
record ConvolutionShape(
        long[] input,
        long[] output,
        long[] kernel,
        long[] strides,
        long[] gaps,
        long[] before,
        long[] after,
        long groups,
        boolean isFirst) {

    /** All convolutions of a network, in the order of its calls. */
    static List<ConvolutionShape> of(Model network) {
        List<ConvolutionShape> shapes = new ArrayList<>();
        List<Shape> tensors = network.shapes();
        // Whether anything is trained below each tensor, so that its gradient is needed.
        List<Boolean> hangsOnWeights = new ArrayList<>(List.of(false));
        for (LayerCall call : network.calls()) {
            Layer layer = network.layers().get(call.layer());
            int from = call.inputs().get(0);
            Shape input = tensors.get(from);
            boolean isFirst = call.inputs().stream().noneMatch(hangsOnWeights::get);
            Shape output = tensors.get(hangsOnWeights.size());
            if (layer instanceof Conv2D convolution) {
                shapes.add(of(convolution.window(), convolution.groups(), input, output, isFirst));
            } else if (layer instanceof DepthwiseConv2D convolution) {
                int channels = input.dimension(convolution.window().dataFormat().channelAxis());
                shapes.add(of(convolution.window(), channels, input, output, isFirst));
            }
            hangsOnWeights.add(
                    !isFirst || layer.variables(input).stream().anyMatch(one -> one.role() == Variable.Role.TRAINABLE));
        }
        return List.copyOf(shapes);
    }

    private static ConvolutionShape of(Window window, int groups, Shape input, Shape output, boolean isFirst) {
        DataFormat format = window.dataFormat();
        Padding padding = window.padding();
        int height = input.dimension(format.heightAxis());
        int width = input.dimension(format.widthAxis());
        int down = window.strides().height();
        int across = window.strides().width();
        long[] before = {
            padding.before(height, window.extentHeight(), down), padding.before(width, window.extentWidth(), across)
        };
        return new ConvolutionShape(
                image(format, input),
                image(format, output),
                new long[] {window.size().height(), window.size().width()},
                new long[] {down, across},
                new long[] {window.dilation().height() - 1L, window.dilation().width() - 1L},
                before,
                new long[] {
                    padding.total(height, window.extentHeight(), down) - before[0],
                    padding.total(width, window.extentWidth(), across) - before[1]
                },
                groups,
                isFirst);
    }

    private static long[] image(DataFormat format, Shape shape) {
        return new long[] {
            shape.dimension(format.channelAxis()),
            shape.dimension(format.heightAxis()),
            shape.dimension(format.widthAxis())
        };
    }

    /** Multiplications and additions, each counted, of the forward pass over one image. */
    long operations() {
        return 2 * output[0] * output[1] * output[2] * (input[0] / groups) * kernel[0] * kernel[1];
    }

    /** The kernel's dimensions: (groups,) filters, channels, height, width. */
    long[] kernelDims() {
        long filters = output[0];
        long channels = input[0] / groups;
        return groups == 1
                ? new long[] {filters, channels, kernel[0], kernel[1]}
                : new long[] {groups, filters / groups, channels, kernel[0], kernel[1]};
    }
}
