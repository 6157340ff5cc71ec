package org.lockstep.examples.bench.primitives;

import java.util.ArrayList;
import java.util.List;
import org.lockstep.layers.Conv2D;
import org.lockstep.layers.DataFormat;
import org.lockstep.layers.Layer;
import org.lockstep.layers.Padding;
import org.lockstep.layers.Shape;
import org.lockstep.layers.Window;
import org.lockstep.model.Sequential;

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

    /** All convolutions of a network, in order. */
    static List<ConvolutionShape> of(Sequential network) {
        List<ConvolutionShape> shapes = new ArrayList<>();
        Shape input = network.inputShape();
        boolean isFirst = true;
        for (Layer layer : network.layers()) {
            Shape output = layer.outputShape(input);
            if (layer instanceof Conv2D convolution) {
                shapes.add(of(convolution, input, output, isFirst));
            }
            isFirst &= layer.variables(input).isEmpty();
            input = output;
        }
        return List.copyOf(shapes);
    }

    private static ConvolutionShape of(Conv2D layer, Shape input, Shape output, boolean isFirst) {
        Window window = layer.window();
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
                new long[] {input.dimension(format.channelAxis()), height, width},
                new long[] {layer.filters(), output.dimension(format.heightAxis()), output.dimension(format.widthAxis())
                },
                new long[] {window.size().height(), window.size().width()},
                new long[] {down, across},
                new long[] {window.dilation().height() - 1L, window.dilation().width() - 1L},
                before,
                new long[] {
                    padding.total(height, window.extentHeight(), down) - before[0],
                    padding.total(width, window.extentWidth(), across) - before[1]
                },
                layer.groups(),
                isFirst);
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
