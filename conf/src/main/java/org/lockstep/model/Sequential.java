package org.lockstep.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lockstep.layers.Input;
import org.lockstep.layers.Layer;
import org.lockstep.layers.Shape;

/**
 * A stack of layers, each reading the one before, as a value: Keras's {@code Sequential} without its verbs.
 *
 * <p>It is built, with all shapes known but the batch's, when it begins with an {@link Input} or its first layer has an
 * input shape; else {@link #build} gives it one.
 *
 * @param input null until built
 * @param layers without the input; each has a name
 */
public record Sequential(String name, @Nullable Input input, List<Layer> layers) implements Model {

    public Sequential {
        for (Layer layer : layers) {
            if (layer instanceof Input) {
                throw new IllegalArgumentException(
                        "Cannot add an Input to a Sequential model: it can only be its first layer");
            }
        }
        LayerNames.checkUnique(layers);
        layers = LayerNames.assign(layers);
        if (input != null) {
            input = input.name(input.name());
            Shapes.of(input.shape(), layers, chain(layers));
        }
    }

    /** A model of these layers; the first may be an {@link Input}. */
    public static Sequential of(Layer... layers) {
        if (layers.length == 0) {
            throw new IllegalArgumentException("Cannot make a Sequential model: it has no layers");
        }
        if (layers[0] instanceof Input input) {
            return new Sequential(
                    "sequential", input, withoutInputShape(List.of(layers).subList(1, layers.length)));
        }
        Shape shape = layers[0].conf().inputShape();
        Input input = shape == null ? null : Input.of(shape.sample());
        return new Sequential("sequential", input, withoutInputShape(List.of(layers)));
    }

    /** The input holds the shape; Keras ignores it on later layers. */
    private static List<Layer> withoutInputShape(List<Layer> layers) {
        return layers.stream()
                .map(layer -> layer.conf(layer.conf().withoutInputShape()))
                .toList();
    }

    @Override
    public Sequential name(String value) {
        return new Sequential(value, input, layers);
    }

    @Override
    public Sequential dtype(String policy) {
        return new Sequential(
                name,
                input,
                layers.stream()
                        .map(layer -> layer.conf(layer.conf().dtype(policy)))
                        .toList());
    }

    /** The model for samples of this shape; refused where it was built for another. */
    public Sequential build(int... sample) {
        Shape shape = Shape.batchOf(sample);
        if (input == null) {
            return new Sequential(name, Input.of(sample), layers);
        }
        if (!input.shape().equals(shape)) {
            throw new IllegalArgumentException(
                    "Input 0 of layer \"%s\" is incompatible with the layer: expected shape=%s, found shape=%s"
                            .formatted(name, input.shape(), shape));
        }
        return this;
    }

    @Override
    public boolean isBuilt() {
        return input != null;
    }

    @Override
    public List<LayerCall> calls() {
        return chain(layers);
    }

    private static List<LayerCall> chain(List<Layer> layers) {
        List<LayerCall> calls = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            calls.add(new LayerCall(i, List.of(i)));
        }
        return calls;
    }

    @Override
    public Shape inputShape() {
        Input built = input;
        if (built == null) {
            throw new IllegalStateException(
                    "This model has not yet been built. Build it by calling `build()` or give its first layer an input shape.");
        }
        return built.shape();
    }

    /** The output shape of each layer. */
    public List<Shape> outputShapes() {
        return shapes().subList(1, 1 + layers.size());
    }

    @Override
    public String toString() {
        return "Sequential(" + name + ", "
                + Arrays.toString(layers.stream().map(Layer::name).toArray()) + ")";
    }
}
