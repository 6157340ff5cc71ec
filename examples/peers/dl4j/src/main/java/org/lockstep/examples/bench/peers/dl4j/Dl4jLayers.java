package org.lockstep.examples.bench.peers.dl4j;

import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.jspecify.annotations.Nullable;
import org.lockstep.layers.Activating;
import org.lockstep.layers.Conv2D;
import org.lockstep.layers.Dense;
import org.lockstep.layers.DepthwiseConv2D;
import org.lockstep.layers.GlobalAveragePooling2D;
import org.lockstep.layers.Layer;
import org.lockstep.layers.MaxPooling2D;
import org.lockstep.layers.Padding;
import org.lockstep.layers.Pair;
import org.lockstep.layers.ReLU;
import org.lockstep.layers.Window;
import org.lockstep.regularizers.L2;
import org.lockstep.regularizers.Regularizer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Layers as DL4J writes them. */
final class Dl4jLayers {

    private static final org.lockstep.activations.Activation RELU6 =
            ReLU.of().maxValue(6.0).activation();

    private Dl4jLayers() {}

    /** DL4J's layer; with a loss where it is the last. */
    static org.deeplearning4j.nn.conf.layers.Layer of(Layer layer, boolean isLast) {
        if (layer instanceof Conv2D one && one.groups() == 1) {
            return new ConvolutionLayer.Builder(pair(one.window().size()))
                    .stride(pair(one.window().strides()))
                    .dilation(pair(one.window().dilation()))
                    .nOut(one.filters())
                    .hasBias(one.useBias())
                    .l2(l2(one.kernel().regularizer()))
                    .convolutionMode(mode(one.window()))
                    .activation(function(one.activation()))
                    .build();
        }
        if (layer instanceof DepthwiseConv2D one) {
            return new DepthwiseConvolution2D.Builder(pair(one.window().size()))
                    .stride(pair(one.window().strides()))
                    .dilation(pair(one.window().dilation()))
                    .depthMultiplier(one.depthMultiplier())
                    .hasBias(one.useBias())
                    .l2(l2(one.kernel().regularizer()))
                    .convolutionMode(mode(one.window()))
                    .activation(function(one.activation()))
                    .build();
        }
        if (layer instanceof MaxPooling2D one) {
            return new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                    .kernelSize(pair(one.window().size()))
                    .stride(pair(one.window().strides()))
                    .convolutionMode(mode(one.window()))
                    .build();
        }
        if (layer instanceof org.lockstep.layers.BatchNormalization one) {
            return new BatchNormalization.Builder()
                    .decay(one.momentum())
                    .eps(one.epsilon())
                    .build();
        }
        if (layer instanceof Activating one) {
            return new ActivationLayer.Builder()
                    .activation(function(one.activation()))
                    .build();
        }
        if (layer instanceof GlobalAveragePooling2D one && !one.keepdims()) {
            return new GlobalPoolingLayer.Builder(PoolingType.AVG).build();
        }
        if (layer instanceof Dense one) {
            return isLast ? output(one) : dense(one);
        }
        throw new IllegalArgumentException("Cannot write " + layer.name() + " for DL4J: known are Conv2D of one group,"
                + " DepthwiseConv2D, Dense, BatchNormalization, activations, MaxPooling2D and GlobalAveragePooling2D");
    }

    private static DenseLayer dense(Dense layer) {
        return new DenseLayer.Builder()
                .nOut(layer.units())
                .l2(l2(layer.kernel().regularizer()))
                .activation(function(layer.activation()))
                .build();
    }

    private static OutputLayer output(Dense layer) {
        return new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(layer.units())
                .l2(l2(layer.kernel().regularizer()))
                .activation(function(layer.activation()))
                .build();
    }

    /** DL4J's penalty has a factor 1/2. */
    private static double l2(@Nullable Regularizer regularizer) {
        if (regularizer == null) {
            return 0;
        }
        if (regularizer instanceof L2 l2) {
            return 2 * l2.l2();
        }
        throw new IllegalArgumentException(
                "Cannot write a penalty for DL4J: only L2 is known. Received: " + regularizer);
    }

    private static ConvolutionMode mode(Window window) {
        return window.padding() == Padding.SAME ? ConvolutionMode.Same : ConvolutionMode.Truncate;
    }

    private static int[] pair(Pair pair) {
        return new int[] {pair.height(), pair.width()};
    }

    private static Activation function(org.lockstep.activations.Activation activation) {
        if (activation.equals(org.lockstep.activations.Activation.LINEAR)) {
            return Activation.IDENTITY;
        }
        return activation.equals(RELU6) ? Activation.RELU6 : Activation.fromString(activation.name());
    }
}
