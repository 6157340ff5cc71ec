package org.lockstep.executor.step.onednn;

import org.lockstep.layers.ActivationLayer;
import org.lockstep.layers.AveragePooling2D;
import org.lockstep.layers.BatchNormalization;
import org.lockstep.layers.Conv2D;
import org.lockstep.layers.DataFormat;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Dropout;
import org.lockstep.layers.Flatten;
import org.lockstep.layers.GlobalAveragePooling2D;
import org.lockstep.layers.Input;
import org.lockstep.layers.Layer;
import org.lockstep.layers.MaxPooling2D;
import org.lockstep.layers.Shape;

/** Turns layers into operations. */
final class LayerCompiler {

    private final Builder builder;
    private final ActivationLayers activations;

    LayerCompiler(Builder builder, ActivationLayers activations) {
        this.builder = builder;
        this.activations = activations;
    }

    /**
     * Adds a layer's operations.
     *
     * @param index the layer's place in the model
     * @return the layer's output
     */
    Value add(int index, Layer layer, Value x) {
        Value y = output(index, layer, x);
        ActivityPenalty penalty = ActivityPenalty.of(layer.activityRegularizer());
        if (penalty != null) {
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
        } else if (layer instanceof ActivationLayer activation) {
            return activations.add(index, activation.activation(), x);
        } else if (layer instanceof Dropout dropout) {
            return new DropoutLayers(builder).add(index, dropout, x);
        } else if (layer instanceof Flatten flatten) {
            return flatten(flatten, x);
        } else if (layer instanceof Input) {
            return x;
        }
        throw new IllegalStateException("No operations for layer " + layer);
    }

    private Value flatten(Flatten layer, Value input) {
        boolean channelsLeave = layer.dataFormat() == DataFormat.CHANNELS_FIRST
                && input.layout().shape().rank() > 2;
        Value x = builder.arranged(input, channelsLeave);
        Shape shape = x.layout().shape();
        return x.layout(new Layout(Shape.of(shape.dimension(0), shape.sampleSize()), false));
    }
}
