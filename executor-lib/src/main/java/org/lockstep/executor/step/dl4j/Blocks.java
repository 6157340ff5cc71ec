package org.lockstep.executor.step.dl4j;

import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.lockstep.layers.Pair;
import org.lockstep.layers.Window;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;

/** DL4J's layers with every size given and every default that differs from Keras's replaced. Images are (B, C, H, W). */
final class Blocks {

    private Blocks() {}

    static ConvolutionLayer convolution(
            Window window, Places places, int channels, int filters, boolean bias, IActivation activation) {
        return new ConvolutionLayer.Builder(array(window.size()), array(window.strides()), places.padding())
                .convolutionMode(places.mode())
                .dilation(array(window.dilation()))
                .nIn(channels)
                .nOut(filters)
                .hasBias(bias)
                .activation(activation)
                .build();
    }

    static SubsamplingLayer pooling(PoolingType type, Window window, Places places) {
        SubsamplingLayer.Builder builder =
                new SubsamplingLayer.Builder(type, array(window.size()), array(window.strides()), places.padding());
        ConvolutionMode mode = places.mode();
        return builder.convolutionMode(mode).avgPoolIncludePadInDivisor(false).build();
    }

    static GlobalPoolingLayer mean(boolean keepDimensions) {
        return new GlobalPoolingLayer.Builder(PoolingType.AVG)
                .collapseDimensions(!keepDimensions)
                .build();
    }

    static DenseLayer dense(int inputs, int units, boolean bias, IActivation activation) {
        return new DenseLayer.Builder()
                .nIn(inputs)
                .nOut(units)
                .hasBias(bias)
                .activation(activation)
                .build();
    }

    /** With decay 0 its gradients for the moving statistics are these minus the batch's. */
    static BatchNormalization normalization(int channels, double epsilon) {
        return new BatchNormalization.Builder()
                .nIn(channels)
                .nOut(channels)
                .eps(epsilon)
                .decay(0)
                .useLogStd(false)
                .build();
    }

    static DropoutLayer dropout(Dropping dropping) {
        return new DropoutLayer.Builder(dropping).build();
    }

    static ActivationLayer activation(IActivation function) {
        return new ActivationLayer.Builder().activation(function).build();
    }

    static ActivationLayer identity() {
        return activation(new ActivationIdentity());
    }

    private static int[] array(Pair pair) {
        return new int[] {pair.height(), pair.width()};
    }
}
