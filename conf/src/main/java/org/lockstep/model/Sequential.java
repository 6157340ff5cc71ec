package org.lockstep.model;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lockstep.layers.Input;
import org.lockstep.layers.Layer;
import org.lockstep.layers.LayerConf;
import org.lockstep.layers.Shape;
import org.lockstep.layers.Variable;

/**
 * A stack of layers, each reading the one before, as a value: Keras's {@code Sequential} without its verbs.
 *
 * <p>It is built, with all shapes known but the batch's, when it begins with an {@link Input} or its first layer has an
 * input shape; else {@link #build} gives it one.
 *
 * @param input null until built
 * @param layers without the input; each has a name
 */
public record Sequential(String name, @Nullable Input input, List<Layer> layers) implements Serializable {

    public Sequential {
        for (Layer layer : layers) {
            if (layer instanceof Input) {
                throw new IllegalArgumentException(
                        "Cannot add an Input to a Sequential model: it can only be its first layer");
            }
        }
        layers = LayerNames.assign(layers);
        if (input != null) {
            input = input.name(input.name());
            outputs(input.shape(), layers);
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
                .map(layer -> layer.conf(
                        new LayerConf(layer.conf().name(), layer.conf().trainable(), null)))
                .toList();
    }

    public Sequential name(String value) {
        return new Sequential(value, input, layers);
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

    public boolean isBuilt() {
        return input != null;
    }

    /** The shape of a batch that goes in. */
    public Shape inputShape() {
        Input built = input;
        if (built == null) {
            throw new IllegalStateException(
                    "This model has not yet been built. Build it by calling `build()` or give its first layer an input shape.");
        }
        return built.shape();
    }

    /** The shape of a batch that comes out. */
    public Shape outputShape() {
        List<Shape> outputs = outputShapes();
        return outputs.isEmpty() ? inputShape() : outputs.get(outputs.size() - 1);
    }

    /** The output shape of each layer. */
    public List<Shape> outputShapes() {
        return outputs(inputShape(), layers);
    }

    /** The place of each variable in the flat weight vector. */
    public WeightLayout layout() {
        List<String> names = new ArrayList<>();
        List<List<Variable>> variables = new ArrayList<>();
        Shape shape = inputShape();
        for (Layer layer : layers) {
            names.add(layer.name());
            variables.add(layer.variables(shape));
            shape = layer.outputShape(shape);
        }
        return WeightLayout.of(names, variables);
    }

    private static List<Shape> outputs(Shape input, List<Layer> layers) {
        List<Shape> shapes = new ArrayList<>();
        Shape shape = input;
        for (Layer layer : layers) {
            shape = layer.outputShape(shape);
            shapes.add(shape);
        }
        return List.copyOf(shapes);
    }

    /** The numbers in the layers' variables; 0 before the model is built. */
    public int countParams() {
        return isBuilt() ? layout().length() : 0;
    }

    /** The table of layers, output shapes and numbers of parameters that Keras's {@code summary()} prints. */
    public String summary() {
        return Summary.of(this);
    }

    /** The layer of that name. */
    public Layer layer(String wanted) {
        return layers.stream()
                .filter(layer -> layer.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No such layer: %s. Existing layers are: %s."
                        .formatted(wanted, layers.stream().map(Layer::name).toList())));
    }

    @Override
    public String toString() {
        return "Sequential(" + name + ", "
                + Arrays.toString(layers.stream().map(Layer::name).toArray()) + ")";
    }
}
