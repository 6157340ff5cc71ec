package org.lockstep.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.lockstep.keras.Names;
import org.lockstep.layers.Layer;

/** Names for layers that have none: {@code conv2d}, {@code conv2d_1}, … counted per class in the layers' order. */
final class LayerNames {

    private LayerNames() {}

    /** Refuses layers of a Sequential model of which two have one name. */
    static void checkUnique(List<Layer> layers) {
        Set<String> taken = new HashSet<>();
        for (Layer layer : layers) {
            String name = layer.conf().name();
            if (name != null && !taken.add(name)) {
                throw new IllegalArgumentException(
                        "All layers added to a Sequential model should have unique names. Name \"" + name
                                + "\" is already the name of a layer in this model. Update the `name` argument to pass a unique name.");
            }
        }
    }

    /** The layers, each with a name; given names are kept. */
    static List<Layer> assign(List<Layer> layers) {
        Set<String> taken = new HashSet<>();
        for (Layer layer : layers) {
            String name = layer.conf().name();
            if (name != null) {
                taken.add(name);
            }
        }
        Map<String, Integer> counts = new HashMap<>();
        List<Layer> named = new ArrayList<>();
        for (Layer layer : layers) {
            named.add(layer.conf().name() == null ? name(layer, counts, taken) : layer);
        }
        return List.copyOf(named);
    }

    private static Layer name(Layer layer, Map<String, Integer> counts, Set<String> taken) {
        String base = Names.snakeCase(layer.className());
        String name;
        do {
            int count = counts.merge(base, 1, Integer::sum) - 1;
            name = count == 0 ? base : base + "_" + count;
        } while (!taken.add(name));
        return layer.conf(layer.conf().name(name));
    }
}
