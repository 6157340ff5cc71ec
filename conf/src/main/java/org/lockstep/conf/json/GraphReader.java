package org.lockstep.conf.json;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.layers.Input;
import org.lockstep.layers.KerasTensor;
import org.lockstep.layers.Layer;
import org.lockstep.layers.Merge;
import org.lockstep.model.Functional;
import org.lockstep.model.Model;

/** Functional models from Keras 3's configurations: their calls are made again. */
final class GraphReader {

    /** A layer, the calls of it that are still to be made, and what those that were made yield. */
    private record Entry(Layer layer, Deque<GraphNode> calls, List<KerasTensor> tensors) {}

    private final Map<String, Entry> entries = new LinkedHashMap<>();

    private GraphReader() {}

    static Functional read(Map<String, @Nullable Object> config) {
        Arguments arguments = new Arguments("Functional", config);
        arguments.only("trainable", true);
        List<@Nullable Object> layers = arguments.required("layers", (name, value) -> Plain.list("`layers`", value));
        List<GraphNode.Reference> inputs = arguments.required("input_layers", GraphNode::references);
        List<GraphNode.Reference> outputs = arguments.required("output_layers", GraphNode::references);
        String name = arguments.nullable("name", Value::text, null);
        arguments.end();
        KerasJson.checkCount(layers.size());
        GraphReader reader = new GraphReader();
        for (int i = 0; i < layers.size(); i++) {
            Object value = layers.get(i);
            Place.in("layers[" + i + "]", () -> reader.add(value));
        }
        reader.call();
        Functional model = Model.of(reader.tensors(inputs), reader.tensors(outputs));
        return name == null ? model : model.name(name);
    }

    private Layer add(@Nullable Object value) {
        Map<String, @Nullable Object> object = Plain.object("layer", value);
        String name = Value.text("name", object.get("name"));
        List<@Nullable Object> nodes = Plain.list("`inbound_nodes`", object.remove("inbound_nodes"));
        Layer layer = KerasJson.layer(object);
        if (!layer.name().equals(name)) {
            throw new IllegalArgumentException("Invalid `name`: must be that of the layer's config, %s. Received: %s"
                    .formatted(Plain.repr(layer.name()), Plain.repr(name)));
        }
        Deque<GraphNode> calls = new ArrayDeque<>();
        nodes.forEach(node -> calls.add(Place.in(layer.name(), () -> GraphNode.of(layer, node))));
        List<KerasTensor> tensors = new ArrayList<>();
        if (layer instanceof Input input) {
            tensors.add(input);
        }
        if (entries.put(name, new Entry(layer, calls, tensors)) != null) {
            throw new IllegalArgumentException(
                    "The name \"%s\" is used 2 times in the model. All operation names should be unique."
                            .formatted(name));
        }
        return layer;
    }

    /** Makes calls, layer by layer, as long as there are any whose inputs are there. */
    private void call() {
        boolean isNew = true;
        while (isNew) {
            isNew = false;
            for (Entry entry : entries.values()) {
                while (!entry.calls().isEmpty()
                        && entry.calls().element().inputs().stream().allMatch(this::isThere)) {
                    GraphNode node = entry.calls().remove();
                    entry.tensors().add(Place.in(entry.layer().name(), () -> call(entry.layer(), node)));
                    isNew = true;
                }
            }
        }
        List<String> left = entries.values().stream()
                .filter(entry -> !entry.calls().isEmpty())
                .map(entry -> entry.layer().name())
                .toList();
        if (!left.isEmpty()) {
            throw new IllegalArgumentException(
                    "Invalid Functional model configuration. The graph of the Functional model "
                            + "either has loops or disconnected nodes. The following nodes failed to be resolved: "
                            + left);
        }
    }

    private KerasTensor call(Layer layer, GraphNode node) {
        List<KerasTensor> inputs = tensors(node.inputs());
        return layer instanceof Merge merge && node.isList() ? merge.on(inputs) : layer.on(inputs.get(0));
    }

    private boolean isThere(GraphNode.Reference reference) {
        return reference.call() < entry(reference).tensors().size();
    }

    private List<KerasTensor> tensors(List<GraphNode.Reference> references) {
        List<KerasTensor> tensors = new ArrayList<>();
        for (GraphNode.Reference reference : references) {
            if (!isThere(reference)) {
                throw new IllegalArgumentException(
                        "Layer '%s' has no call %d".formatted(reference.layer(), reference.call()));
            }
            tensors.add(entry(reference).tensors().get(reference.call()));
        }
        return tensors;
    }

    private Entry entry(GraphNode.Reference reference) {
        Entry entry = entries.get(reference.layer());
        if (entry == null) {
            throw new IllegalArgumentException("Unknown layer: " + reference.layer());
        }
        return entry;
    }
}
