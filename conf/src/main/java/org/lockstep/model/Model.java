package org.lockstep.model;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.lockstep.keras.NotSupportedException;
import org.lockstep.layers.KerasTensor;
import org.lockstep.layers.Layer;
import org.lockstep.layers.Shape;
import org.lockstep.layers.Variable;

/** Layers and how they call each other, as a value: Keras's {@code Model} without its verbs. */
public sealed interface Model extends Serializable permits Sequential, Functional {

    /**
     * The model that lies between two tensors.
     *
     * @param inputs an {@link org.lockstep.layers.Input}
     * @throws IllegalArgumentException where the output hangs on another input
     */
    static Functional of(KerasTensor inputs, KerasTensor outputs) {
        return Tracing.between(inputs, outputs);
    }

    /** The model between lists of tensors, which so far have one each. */
    static Functional of(List<? extends KerasTensor> inputs, List<? extends KerasTensor> outputs) {
        return of(only("inputs", inputs), only("outputs", outputs));
    }

    private static KerasTensor only(String argument, List<? extends KerasTensor> tensors) {
        if (tensors.isEmpty()) {
            throw new IllegalArgumentException("`%s` argument cannot be empty.".formatted(argument));
        }
        if (tensors.size() > 1) {
            throw new NotSupportedException("Invalid `%s`: models with several are not supported yet. Received: %s"
                    .formatted(argument, tensors));
        }
        return tensors.get(0);
    }

    String name();

    Model name(String value);

    /** The model with all layers of one dtype policy: {@code float32} or {@code mixed_bfloat16}. */
    Model dtype(String policy);

    /** Each with a name that no other has, in the order of Keras's {@code model.layers} and of the weights. */
    List<Layer> layers();

    /**
     * What the model computes, in order: each call reads the model's input or what calls before it yield, and the last one
     * yields the model's output. Everything but that is read at least once.
     */
    List<LayerCall> calls();

    /** Whether all shapes are known but the batch's. */
    boolean isBuilt();

    /** The shape of a batch that goes in. */
    Shape inputShape();

    /** The shape of a batch that comes out. */
    default Shape outputShape() {
        List<Shape> shapes = shapes();
        return shapes.get(shapes.size() - 1);
    }

    /** The shapes of tensors by number: first that of the input, then that of each call's output. */
    default List<Shape> shapes() {
        return Shapes.of(inputShape(), layers(), calls());
    }

    /** The place of each variable in the flat weight vector. */
    default WeightLayout layout() {
        List<Shape> shapes = shapes();
        List<String> names = layers().stream().map(Layer::name).toList();
        List<List<Variable>> variables = new ArrayList<>();
        for (int layer = 0; layer < names.size(); layer++) {
            variables.add(List.of());
        }
        for (LayerCall call : calls()) {
            Shape first = shapes.get(call.inputs().get(0));
            variables.set(call.layer(), layers().get(call.layer()).variables(first));
        }
        return WeightLayout.of(names, variables);
    }

    /** The numbers in the layers' variables; 0 before the model is built. */
    default int countParams() {
        return isBuilt() ? layout().length() : 0;
    }

    /** The table of layers, output shapes and numbers of parameters that Keras's {@code summary()} prints. */
    default String summary() {
        return Summary.of(this);
    }

    /** The layer of that name. */
    default Layer layer(String wanted) {
        return layers().stream()
                .filter(layer -> layer.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No such layer: %s. Existing layers are: %s."
                        .formatted(wanted, layers().stream().map(Layer::name).toList())));
    }
}
