package org.lockstep.model;

import java.util.ArrayList;
import java.util.List;
import org.lockstep.layers.Input;
import org.lockstep.layers.Layer;
import org.lockstep.layers.Shape;

/**
 * A graph of layer calls with one input and one output: Keras's {@code Functional}. {@link Model#of} makes it.
 *
 * <p>A layer that is called several times has its weights once.
 *
 * @param layers the input first, the others each after those that it reads; each has a name
 */
public record Functional(String name, List<Layer> layers, List<LayerCall> calls) implements Model {

    public Functional {
        layers = List.copyOf(layers);
        calls = List.copyOf(calls);
        GraphRules.check(layers, calls);
    }

    @Override
    public Functional name(String value) {
        return new Functional(value, layers, calls);
    }

    @Override
    public Functional dtype(String policy) {
        List<Layer> changed = new ArrayList<>(List.of(input()));
        for (Layer layer : layers.subList(1, layers.size())) {
            changed.add(layer.conf(layer.conf().dtype(policy)));
        }
        return new Functional(name, changed, calls);
    }

    /** Where the model begins. */
    public Input input() {
        return (Input) layers.get(0);
    }

    @Override
    public boolean isBuilt() {
        return true;
    }

    @Override
    public Shape inputShape() {
        return input().shape();
    }

    @Override
    public String toString() {
        return "Functional(" + name + ", " + layers.stream().map(Layer::name).toList() + ")";
    }
}
