package org.lockstep.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.lockstep.keras.NotSupportedException;
import org.lockstep.layers.Input;
import org.lockstep.layers.Layer;
import org.lockstep.layers.Shape;
import org.lockstep.layers.Variable;

/** What holds of the layers and calls of a model. */
final class GraphRules {

    private GraphRules() {}

    /** @throws IllegalArgumentException where it does not hold */
    static void check(List<Layer> layers, List<LayerCall> calls) {
        if (layers.isEmpty() || !(layers.get(0) instanceof Input input)) {
            throw new IllegalArgumentException("Invalid `layers`: the first must be an Input. Received: " + layers);
        }
        checkNames(layers);
        checkReads(layers.size(), calls);
        List<Shape> shapes = Shapes.of(input.shape(), layers, calls);
        List<List<List<Variable>>> variables = new ArrayList<>();
        layers.forEach(layer -> variables.add(new ArrayList<>()));
        for (LayerCall call : calls) {
            Shape first = shapes.get(call.inputs().get(0));
            variables.get(call.layer()).add(layers.get(call.layer()).variables(first));
        }
        for (int layer = 1; layer < layers.size(); layer++) {
            checkCalls(layers.get(layer).name(), variables.get(layer));
        }
    }

    private static void checkNames(List<Layer> layers) {
        Map<String, Integer> uses = new LinkedHashMap<>();
        for (Layer layer : layers) {
            uses.merge(layer.name(), 1, Integer::sum);
            if (layer.conf().name() == null) {
                throw new IllegalArgumentException("Invalid `layers`: each must have a name. Received: " + layer);
            }
        }
        uses.forEach((name, times) -> {
            if (times > 1) {
                throw new IllegalArgumentException(
                        "The name \"%s\" is used %d times in the model. All operation names should be unique."
                                .formatted(name, times));
            }
        });
    }

    private static void checkReads(int layers, List<LayerCall> calls) {
        Set<Integer> unread = new HashSet<>();
        unread.add(0);
        for (int i = 0; i < calls.size(); i++) {
            LayerCall call = calls.get(i);
            boolean reads = !call.inputs().isEmpty();
            for (int input : call.inputs()) {
                reads &= input >= 0 && input <= i;
                unread.remove(input);
            }
            if (!reads || call.layer() < 1 || call.layer() >= layers) {
                throw new IllegalArgumentException(
                        "Invalid `calls`: call %d must be of a layer after the first and read what comes before it. Received: %s"
                                .formatted(i, call));
            }
            unread.add(i + 1);
        }
        unread.remove(calls.size());
        if (calls.isEmpty() || !unread.isEmpty()) {
            throw new IllegalArgumentException(
                    "Invalid `calls`: there must be one, and what each yields must be read by another, but what the last "
                            + "one yields. Unread tensors: " + unread);
        }
    }

    /** A layer is called at least once, always for the same variables. */
    private static void checkCalls(String layer, List<List<Variable>> calls) {
        if (calls.isEmpty()) {
            throw new IllegalArgumentException("Invalid `calls`: layer \"%s\" is not called".formatted(layer));
        }
        if (calls.stream().distinct().count() > 1) {
            throw new IllegalArgumentException(
                    "Layer \"%s\" is called on inputs of different shapes: its variables would be %s"
                            .formatted(layer, calls));
        }
        boolean moving = calls.get(0).stream().anyMatch(each -> each.role() == Variable.Role.MOVING);
        if (moving && calls.size() > 1) {
            throw new NotSupportedException(
                    "Cannot call layer \"%s\" %d times: sharing a layer with moving statistics is not supported"
                            .formatted(layer, calls.size()));
        }
    }
}
