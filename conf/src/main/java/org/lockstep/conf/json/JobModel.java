package org.lockstep.conf.json;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.layers.Layer;
import org.lockstep.model.Model;
import org.lockstep.model.Sequential;

/**
 * The section {@code model} of a job file: a list of layers, each of which reads the one before it or those that its {@code
 * inputs} name; or a whole model as Keras's {@code to_json} writes it.
 */
final class JobModel {

    private static final String CLASS = "class_name";

    private JobModel() {}

    static Model read(Map<String, @Nullable Object> section) {
        if (section.containsKey(CLASS)) {
            return KerasJson.model(section);
        }
        Arguments a = new Arguments("model", section);
        String name = a.nullable("name", Value::text, null);
        String dtype = a.nullable("dtype", Value::text, null);
        List<@Nullable Object> items = a.required("layers", (key, value) -> Plain.list("`layers`", value));
        a.end();
        Model model = items.stream().anyMatch(JobGraph::isCall) ? JobGraph.read(items, dtype) : stack(items, dtype);
        return name == null ? model : model.name(name);
    }

    private static Sequential stack(List<@Nullable Object> items, @Nullable String dtype) {
        Layer[] layers = new Layer[items.size()];
        for (int i = 0; i < layers.length; i++) {
            Object item = items.get(i);
            layers[i] = Place.in("layers[" + i + "]", () -> layer(item, dtype));
        }
        return Sequential.of(layers);
    }

    /** {@code Flatten}, {@code Dense: {units: 10}}, or {@code {class_name: Dense, config: {units: 10}}}. */
    static Layer layer(@Nullable Object item, @Nullable String dtype) {
        if (item instanceof String className) {
            return layer(className, Map.of(), dtype);
        }
        Map<String, @Nullable Object> map = Plain.object("layer", item);
        if (map.containsKey(CLASS)) {
            Serialized object = Serialized.of("layer", map);
            return layer(object.className(), object.config(), dtype);
        }
        if (map.size() != 1) {
            throw new IllegalArgumentException(
                    "Invalid layer: must be one class name with its arguments. Received: " + Plain.repr(map));
        }
        String className = map.keySet().iterator().next();
        Object arguments = map.get(className);
        // YAML's `Flatten:` is one without arguments, too.
        boolean isBare = arguments == null || arguments.equals("");
        return layer(className, isBare ? Map.of() : Plain.object(className, arguments), dtype);
    }

    /** A layer; its dtype is the model's where it has none of its own. */
    private static Layer layer(String className, Map<String, @Nullable Object> arguments, @Nullable String dtype) {
        boolean isInput = className.equals("Input") || className.equals("InputLayer");
        if (dtype == null || isInput || arguments.containsKey("dtype")) {
            return Layers.layer(className, arguments);
        }
        Map<String, @Nullable Object> all = new LinkedHashMap<>(arguments);
        all.put("dtype", dtype);
        return Layers.layer(className, all);
    }
}
