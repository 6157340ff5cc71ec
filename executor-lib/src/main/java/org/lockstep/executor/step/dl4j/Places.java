package org.lockstep.executor.step.dl4j;

import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.lockstep.layers.Layer;
import org.lockstep.layers.Padding;
import org.lockstep.layers.Shape;
import org.lockstep.layers.Window;

/**
 * Where DL4J puts a window's places so that they are Keras's.
 *
 * @param padding for both ends of height and of width, where the mode does not find it
 */
@SuppressWarnings("ArrayRecordComponent") // handed straight to DL4J
record Places(ConvolutionMode mode, int[] padding) {

    /**
     * DL4J's own {@code Same} pads (⌈n / s⌉ − 1) · s + k − n, and breaks where that is below −1. Keras pads nothing there.
     */
    static Places of(Layer layer, Window window, Shape input) {
        if (window.padding() == Padding.VALID) {
            return new Places(ConvolutionMode.Truncate, new int[2]);
        }
        int height = input.dimension(window.dataFormat().heightAxis());
        int width = input.dimension(window.dataFormat().widthAxis());
        int strideHeight = window.strides().height();
        int strideWidth = window.strides().width();
        if (fits(height, window.extentHeight(), strideHeight) && fits(width, window.extentWidth(), strideWidth)) {
            return new Places(ConvolutionMode.Same, new int[2]);
        }
        int totalHeight = window.padding().total(height, window.extentHeight(), strideHeight);
        int totalWidth = window.padding().total(width, window.extentWidth(), strideWidth);
        if (totalHeight % 2 != 0 || totalWidth % 2 != 0) {
            throw Refusal.of(
                    layer,
                    "padding",
                    "must be valid where strides skip part of the input " + input + " along one axis"
                            + " and the other axis needs an odd padding",
                    window.padding().kerasName());
        }
        return new Places(ConvolutionMode.Truncate, new int[] {totalHeight / 2, totalWidth / 2});
    }

    private static boolean fits(int size, int extent, int stride) {
        return (size - 1) / stride * stride + extent - size >= -1;
    }
}
