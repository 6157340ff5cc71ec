package org.lockstep.layers;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A call of a layer, and the tensor to come that it yields. */
public final class Node implements KerasTensor {

    /** Only the order counts: layers without a name are named in the order in which they were first called. */
    private static final AtomicLong CALLS = new AtomicLong();

    private final Layer layer;
    private final List<KerasTensor> inputs;
    private final Shape shape;
    private final long number = CALLS.getAndIncrement();

    private Node(Layer layer, List<KerasTensor> inputs, Shape shape) {
        this.layer = layer;
        this.inputs = inputs;
        this.shape = shape;
    }

    /** @throws IllegalArgumentException where Keras refuses to build the layer for these inputs */
    static Node of(Layer layer, List<KerasTensor> inputs) {
        if (layer instanceof Input) {
            throw new IllegalArgumentException(
                    "Cannot call an Input: it is a tensor itself, and a model begins with it");
        }
        Shape shape = layer.outputShape(inputs.stream().map(KerasTensor::shape).toList());
        // Counts the weights, so that what cannot be built is refused here.
        layer.variables(inputs.get(0).shape());
        return new Node(layer, List.copyOf(inputs), shape);
    }

    /** The layer that is called; the same object in several calls shares its weights. */
    public Layer layer() {
        return layer;
    }

    public List<KerasTensor> inputs() {
        return inputs;
    }

    @Override
    public Shape shape() {
        return shape;
    }

    /** Grows from call to call. */
    public long number() {
        return number;
    }

    @Override
    public String toString() {
        return "<KerasTensor shape=%s, of %s>".formatted(shape, layer.name());
    }
}
