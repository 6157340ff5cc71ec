package org.lockstep.conf.json;

import java.util.ArrayList;
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

/**
 * A graph as a job file's list of layers.
 *
 * <pre>
 * - Input: {shape: [32, 32, 3], name: image}
 * - Conv2D: {filters: 3, kernel_size: 3, padding: same, name: tower}      reads what comes before it
 * - call: tower                                                           the same layer again, with its weights
 *   as: twice                                                             the name of what it yields; else the layer's
 * - Add:
 *   inputs: [image, twice]                                                reads these
 * </pre>
 *
 * <p>The last one yields the output; each of the others is read by one after it.
 */
final class JobGraph {

    private static final String INPUTS = "inputs";
    private static final String CALL = "call";
    private static final String AS = "as";

    private final @Nullable String dtype;
    private final Map<String, Layer> layers = new LinkedHashMap<>();
    private final Map<String, KerasTensor> tensors = new LinkedHashMap<>();
    /** Those that nobody has read yet, as they are called to a reader. */
    private final Map<KerasTensor, String> unread = new LinkedHashMap<>();

    private @Nullable KerasTensor last;

    private JobGraph(@Nullable String dtype) {
        this.dtype = dtype;
    }

    /** Whether an item of a list of layers says what it reads, or that a layer is called again. */
    static boolean isCall(@Nullable Object item) {
        return item instanceof Map<?, ?> map
                && (map.containsKey(INPUTS) || map.containsKey(CALL) || map.containsKey(AS));
    }

    static Functional read(List<@Nullable Object> items, @Nullable String dtype) {
        JobGraph graph = new JobGraph(dtype);
        Input input = null;
        for (int i = 0; i < items.size(); i++) {
            Object item = items.get(i);
            String place = "layers[" + i + "]";
            if (input == null) {
                input = Place.in(place, () -> graph.input(item));
            } else {
                Place.in(place, () -> graph.call(item, place));
            }
        }
        KerasTensor output = graph.last;
        graph.unread.remove(output);
        if (input == null || output == null || !graph.unread.isEmpty()) {
            throw new IllegalArgumentException(
                    "Invalid `layers`: each but the last must be read by one after it. Unread: "
                            + graph.unread.values());
        }
        return Model.of(input, output);
    }

    private Input input(@Nullable Object item) {
        if (isCall(item) || !(JobModel.layer(item, dtype) instanceof Input input)) {
            throw new IllegalArgumentException(
                    "Invalid layer: the first of a graph must be an Input. Received: " + Plain.repr(item));
        }
        yields(input, input.conf().name(), "the Input");
        return input;
    }

    private KerasTensor call(@Nullable Object item, String place) {
        Map<String, @Nullable Object> rest = item instanceof Map<?, ?> ? Plain.object("layer", item) : Map.of();
        Arguments given = new Arguments("layer", rest);
        List<KerasTensor> inputs = given.optional(INPUTS, this::tensors, List.of());
        String again = given.nullable(CALL, Value::text, null);
        String as = given.nullable(AS, Value::text, null);
        Layer layer;
        if (again == null) {
            rest.keySet().removeAll(List.of(INPUTS, CALL, AS));
            layer = JobModel.layer(rest.isEmpty() && item instanceof String ? item : rest, dtype);
            String name = layer.conf().name();
            if (name != null && layers.put(name, layer) != null) {
                throw taken(name);
            }
        } else {
            given.end();
            layer = named("call", again, layers);
        }
        KerasTensor output = on(layer, inputs.isEmpty() ? List.of(before()) : inputs);
        String name = as == null && again == null ? layer.conf().name() : as;
        yields(output, name, name == null ? place : name);
        return output;
    }

    private KerasTensor on(Layer layer, List<KerasTensor> inputs) {
        inputs.forEach(unread::remove);
        if (layer instanceof Merge merge) {
            return merge.on(inputs);
        }
        if (inputs.size() > 1) {
            throw new IllegalArgumentException("Invalid `inputs`: layer %s reads one tensor. Received: %d of them"
                    .formatted(layer.className(), inputs.size()));
        }
        return layer.on(inputs.get(0));
    }

    private KerasTensor before() {
        if (last == null) {
            throw new IllegalStateException("A graph begins with an Input");
        }
        return last;
    }

    private void yields(KerasTensor tensor, @Nullable String name, String called) {
        last = tensor;
        unread.put(tensor, called);
        if (name != null && tensors.put(name, tensor) != null) {
            throw taken(name);
        }
    }

    private static IllegalArgumentException taken(String name) {
        return new IllegalArgumentException(
                "The name \"%s\" is used 2 times in the model. All operation names should be unique.".formatted(name));
    }

    /** One name or a list of them. */
    private List<KerasTensor> tensors(String argument, @Nullable Object value) {
        if (value instanceof String name) {
            return List.of(named(argument, name, tensors));
        }
        List<KerasTensor> read = new ArrayList<>();
        for (Object name : Plain.list("`" + argument + "`", value)) {
            read.add(named(argument, Value.text(argument, name), tensors));
        }
        if (read.isEmpty()) {
            throw new IllegalArgumentException("Invalid `inputs`: must name what the layer reads. Received: []");
        }
        return read;
    }

    private static <T> T named(String argument, String name, Map<String, T> known) {
        T found = known.get(name);
        if (found == null) {
            throw new IllegalArgumentException("Invalid `%s`: must be a name given before. Received: %s.%s"
                    .formatted(argument, Plain.repr(name), Nearest.suggestion(name, known.keySet())));
        }
        return found;
    }
}
