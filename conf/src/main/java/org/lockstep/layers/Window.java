package org.lockstep.layers;

import java.io.Serializable;

/** A window that slides over an image: its size, strides, padding, dilation and the image's order of dimensions. */
public record Window(Pair size, Pair strides, Padding padding, Pair dilation, DataFormat dataFormat)
        implements Serializable {

    /** A window of single pixels, one after the other. */
    public static Window ofPixels(DataFormat dataFormat) {
        Pair one = new Pair(1, 1);
        return new Window(one, one, Padding.VALID, one, dataFormat);
    }

    /** Height of the window with its dilation. */
    public int extentHeight() {
        return (size.height() - 1) * dilation.height() + 1;
    }

    /** Width of the window with its dilation. */
    public int extentWidth() {
        return (size.width() - 1) * dilation.width() + 1;
    }

    /**
     * The shape of what the window yields.
     *
     * @param channels the number of output channels
     */
    Shape outputShape(String layer, Shape input, int channels) {
        Rank.require(layer, input, 4);
        int inputHeight = input.dimension(dataFormat.heightAxis());
        int inputWidth = input.dimension(dataFormat.widthAxis());
        if (!fits(inputHeight, extentHeight()) || !fits(inputWidth, extentWidth())) {
            throw new IllegalArgumentException(("Computed output size would be zero or negative. Received: "
                            + "input_shape=%s, window=%s, strides=%s, padding=%s, dilation_rate=%s")
                    .formatted(input, size, strides, padding.kerasName(), dilation));
        }
        int height = padding.outputSize(inputHeight, extentHeight(), strides.height());
        int width = padding.outputSize(inputWidth, extentWidth(), strides.width());
        return dataFormat.shape(input.dimension(0), height, width, channels);
    }

    private boolean fits(int inputSize, int extent) {
        int needed = padding == Padding.SAME ? 1 : extent;
        return inputSize == Shape.UNKNOWN || inputSize >= needed;
    }

    Window size(Pair value) {
        return new Window(value, strides, padding, dilation, dataFormat);
    }

    Window strides(Pair value) {
        return new Window(size, value, padding, dilation, dataFormat);
    }

    Window padding(Padding value) {
        return new Window(size, strides, value, dilation, dataFormat);
    }

    Window dilation(Pair value) {
        return new Window(size, strides, padding, value, dataFormat);
    }

    Window dataFormat(DataFormat value) {
        return new Window(size, strides, padding, dilation, value);
    }
}
