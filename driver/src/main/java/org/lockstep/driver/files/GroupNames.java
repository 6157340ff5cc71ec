package org.lockstep.driver.files;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.lockstep.keras.Names;
import org.lockstep.layers.Layer;

/**
 * The names of the layers' groups in a weights file: {@code conv2d}, {@code conv2d_1}, …, counted per class in model
 * order, whatever the layers are called.
 */
final class GroupNames {

    private GroupNames() {}

    static List<String> of(List<Layer> layers) {
        Map<String, Integer> counts = new HashMap<>();
        List<String> names = new ArrayList<>();
        for (Layer layer : layers) {
            String base = Names.snakeCase(layer.className());
            int count = counts.merge(base, 1, Integer::sum) - 1;
            names.add(count == 0 ? base : base + "_" + count);
        }
        return List.copyOf(names);
    }
}
