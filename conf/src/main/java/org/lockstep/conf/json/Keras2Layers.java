package org.lockstep.conf.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Models as Keras 2 wrote them, turned into Keras 3's form; Keras 3's own stay as they are. What has another name there, or
 * an argument that has no effect, is translated; the rest is left for {@link KerasJson} to refuse by name.
 */
final class Keras2Layers {

    /** Convolutions that are never grouped; Keras 2 wrote the argument nevertheless. */
    private static final Set<String> UNGROUPED = Set.of("DepthwiseConv2D", "SeparableConv2D", "Conv2DTranspose");

    private Keras2Layers() {}

    static Map<String, @Nullable Object> model(Map<String, @Nullable Object> model) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>(model);
        Object value = object.get("config");
        if (value instanceof List<?>) {
            // A Sequential of Keras before 2.2.3.
            Map<String, @Nullable Object> config = new LinkedHashMap<>();
            config.put("layers", value);
            value = config;
        }
        Map<String, @Nullable Object> config = Plain.object("`config`", value);
        List<Object> layers = new ArrayList<>();
        for (Object each : Plain.list("`layers`", config.get("layers"))) {
            layers.add(layer(Plain.object("layer", each), layers.isEmpty()));
        }
        config.put("layers", layers);
        object.put("config", config);
        return object;
    }

    private static Map<String, @Nullable Object> layer(Map<String, @Nullable Object> layer, boolean isFirst) {
        layer.remove("shared_object_id");
        String className = String.valueOf(layer.get("class_name"));
        if (layer.get("config") instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> config = Plain.object("`config`", map);
            translate(className, config, isFirst);
            layer.put("config", config);
        }
        if (layer.get("inbound_nodes") instanceof List<?> nodes) {
            List<@Nullable Object> translated = new ArrayList<>();
            nodes.forEach(node -> translated.add(node instanceof List<?> tensors ? node(tensors) : node));
            layer.put("inbound_nodes", translated);
        }
        return layer;
    }

    private static void translate(String className, Map<String, @Nullable Object> config, boolean isFirst) {
        if (!isFirst && !className.equals("InputLayer")) {
            // The input layer before it has the shape.
            config.remove("batch_input_shape");
        }
        if (config.get("axis") instanceof List<?> axes && axes.size() == 1) {
            config.put("axis", axes.get(0));
        }
        if (UNGROUPED.contains(className)) {
            config.remove("groups", 1);
        }
        if (className.equals("SeparableConv2D")) {
            // Those of a kernel that this layer does not have.
            List.of("kernel_initializer", "kernel_regularizer", "kernel_constraint")
                    .forEach(config::remove);
        }
        if (className.equals("SpatialDropout2D")) {
            config.remove("noise_shape", null);
        }
        config.replaceAll((name, value) -> name.endsWith("_initializer") ? initializer(value) : value);
    }

    /** Without the type of its numbers, which is the layer's. */
    private static @Nullable Object initializer(@Nullable Object value) {
        if (!(value instanceof Map<?, ?> map) || !(map.get("config") instanceof Map<?, ?> config)) {
            return value;
        }
        Map<String, @Nullable Object> arguments = Plain.object("`config`", config);
        arguments.remove("dtype", "float32");
        Map<String, @Nullable Object> object = Plain.object("initializer", map);
        object.put("config", arguments);
        return object;
    }

    /** A call, {@code [["conv2d", 0, 0, {}], …]}: its tensors, each with the call's keyword arguments. */
    private static Map<String, @Nullable Object> node(List<?> tensors) {
        List<Object> arguments = new ArrayList<>();
        @Nullable Object keywords = Map.of();
        for (Object each : tensors) {
            List<@Nullable Object> tensor = Plain.list("`inbound_nodes`", each);
            if (tensor.size() != 3 && tensor.size() != 4) {
                throw Value.wrong("inbound_nodes", "lists of a layer's name, two numbers and arguments", tensors);
            }
            keywords = tensor.size() == 4 ? tensor.get(3) : Map.of();
            arguments.add(Map.of(
                    "class_name",
                    "__keras_tensor__",
                    "config",
                    Map.of("keras_history", new ArrayList<>(tensor.subList(0, 3)))));
        }
        Map<String, @Nullable Object> node = new LinkedHashMap<>();
        node.put("args", arguments.size() == 1 ? arguments : List.of(arguments));
        node.put("kwargs", keywords);
        return node;
    }
}
