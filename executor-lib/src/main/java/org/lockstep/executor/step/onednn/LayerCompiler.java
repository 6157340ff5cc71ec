package org.lockstep.executor.step.onednn;

import java.util.List;
import org.lockstep.layers.Activating;
import org.lockstep.layers.AveragePooling2D;
import org.lockstep.layers.BatchNormalization;
import org.lockstep.layers.Conv2D;
import org.lockstep.layers.Conv2DTranspose;
import org.lockstep.layers.Cropping2D;
import org.lockstep.layers.DataFormat;
import org.lockstep.layers.Dense;
import org.lockstep.layers.DepthwiseConv2D;
import org.lockstep.layers.Dropout;
import org.lockstep.layers.Flatten;
import org.lockstep.layers.GlobalAveragePooling2D;
import org.lockstep.layers.GlobalMaxPooling2D;
import org.lockstep.layers.Layer;
import org.lockstep.layers.MaxPooling2D;
import org.lockstep.layers.Merge;
import org.lockstep.layers.PReLU;
import org.lockstep.layers.Rescaling;
import org.lockstep.layers.Reshape;
import org.lockstep.layers.SeparableConv2D;
import org.lockstep.layers.Shape;
import org.lockstep.layers.SpatialDropout2D;
import org.lockstep.layers.UpSampling2D;
import org.lockstep.layers.ZeroPadding2D;

/** Turns layers into operations. */
final class LayerCompiler {

    private final Builder builder;
    private final ActivationLayers activations;

    LayerCompiler(Builder builder, ActivationLayers activations) {
        this.builder = builder;
        this.activations = activations;
    }

    /**
     * Adds the operations of a layer's call.
     *
     * @param index the call's place in the model
     * @return the layer's output
     */
    Value add(int index, Layer layer, List<Value> inputs) {
        builder.call(index);
        Numbers numbers = Numbers.of(layer.conf().dtype());
        List<Value> cast =
                inputs.stream().map(input -> builder.cast(input, numbers)).toList();
        Value y = layer instanceof Merge merge
                ? new MergeLayers(builder).add(merge, cast)
                : output(index, layer, cast.get(0));
        ActivityPenalty penalty = ActivityPenalty.of(layer.activityRegularizer());
        if (penalty != null) {
            y = builder.cast(y, Numbers.FLOAT32);
            builder.add(new PenaltyOperation(penalty, y.data(), y.gradient()));
        }
        return y;
    }

    private Value output(int index, Layer layer, Value x) {
        if (layer instanceof Conv2D conv) {
            return new WeightedLayers(builder, activations).convolution(index, conv, x);
        } else if (layer instanceof Dense dense) {
            return new WeightedLayers(builder, activations).dense(index, dense, x);
        } else if (layer instanceof MaxPooling2D pooling) {
            return new ImageLayers(builder).max(pooling, x);
        } else if (layer instanceof AveragePooling2D pooling) {
            return new ImageLayers(builder).average(pooling, x);
        } else if (layer instanceof GlobalAveragePooling2D pooling) {
            return new ImageLayers(builder).globalAverage(pooling, x);
        } else if (layer instanceof BatchNormalization normalization) {
            return new NormalizationLayers(builder).add(index, normalization, x);
        } else if (layer instanceof Activating activation) {
            return activations.add(index, activation.activation(), x);
        } else if (layer instanceof Dropout dropout) {
            return new DropoutLayers(builder).add(index, dropout, x);
        } else if (layer instanceof DepthwiseConv2D depthwise) {
            return new WeightedLayers(builder, activations).depthwise(index, depthwise, x);
        } else if (layer instanceof SeparableConv2D separable) {
            return new WeightedLayers(builder, activations).separable(index, separable, x);
        } else if (layer instanceof Conv2DTranspose transposed) {
            return new WeightedLayers(builder, activations).transposed(index, transposed, x);
        } else if (layer instanceof PReLU rectifier) {
            return new PreluLayers(builder).add(index, rectifier, x);
        } else if (layer instanceof SpatialDropout2D spatial) {
            return new DropoutLayers(builder).add(index, spatial.dropout(), x);
        } else if (layer instanceof GlobalMaxPooling2D pooling) {
            return new ImageLayers(builder).globalMax(pooling, x);
        } else if (layer instanceof ZeroPadding2D padding) {
            return new FrameLayers(builder).padding(padding, x);
        } else if (layer instanceof Cropping2D cropping) {
            return new FrameLayers(builder).cropping(cropping, x);
        } else if (layer instanceof UpSampling2D sampling) {
            return new FrameLayers(builder).upSampling(sampling, x);
        } else if (layer instanceof Rescaling rescaling) {
            return activations.linear(rescaling.scale(), rescaling.offset(), x);
        } else if (layer instanceof Reshape reshape) {
            return reshape(reshape, x);
        } else if (layer instanceof Flatten flatten) {
            return flatten(flatten, x);
        }
        throw new IllegalStateException("No operations for layer " + layer);
    }

    private Value reshape(Reshape layer, Value input) {
        Value x = builder.arranged(input, false);
        return x.layout(x.layout().shape(layer.outputShape(x.layout().shape())).moved(false));
    }

    private Value flatten(Flatten layer, Value input) {
        boolean channelsLeave = layer.dataFormat() == DataFormat.CHANNELS_FIRST
                && input.layout().shape().rank() > 2;
        Value x = builder.arranged(input, channelsLeave);
        Shape shape = x.layout().shape();
        return x.layout(x.layout()
                .shape(Shape.of(shape.dimension(0), shape.sampleSize()))
                .moved(false));
    }
}
