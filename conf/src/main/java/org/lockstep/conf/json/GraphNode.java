package org.lockstep.conf.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.keras.NotSupportedException;
import org.lockstep.layers.Dropout;
import org.lockstep.layers.Layer;
import org.lockstep.layers.SpatialDropout2D;

/**
 * A call of a layer in a configuration: an entry of its {@code inbound_nodes}.
 *
 * @param isList whether the layer takes its inputs as a list
 */
record GraphNode(List<Reference> inputs, boolean isList) {

    /**
     * A tensor of the graph.
     *
     * @param call which call of the layer yields it
     */
    record Reference(String layer, int call) {}

    static GraphNode of(Layer layer, @Nullable Object value) {
        if (value instanceof List<?>) {
            throw new NotSupportedException("Cannot read `inbound_nodes` as Keras 2 wrote them: " + Plain.repr(value));
        }
        Arguments node = new Arguments("inbound_nodes", Plain.object("`inbound_nodes`", value));
        List<@Nullable Object> arguments = node.required("args", (name, given) -> Plain.list("`args`", given));
        Map<String, @Nullable Object> keywords =
                node.required("kwargs", (name, given) -> Plain.object("`kwargs`", given));
        node.end();
        checkKeywords(layer, keywords);
        if (arguments.size() != 1) {
            throw new NotSupportedException(
                    "Cannot call a layer with other than one argument. Received: args=" + Plain.repr(arguments));
        }
        boolean isList = arguments.get(0) instanceof List<?>;
        List<@Nullable Object> tensors = isList ? Plain.list("`args`", arguments.get(0)) : arguments;
        List<Reference> inputs = tensors.stream().map(GraphNode::tensor).toList();
        if (inputs.isEmpty()) {
            throw new IllegalArgumentException("Invalid `args`: a layer must be called on a tensor. Received: [[]]");
        }
        return new GraphNode(inputs, isList);
    }

    /** What Keras notes where nobody gave it; a given one changes the call. */
    private static void checkKeywords(Layer layer, Map<String, @Nullable Object> values) {
        Arguments keywords = new Arguments("the call", values);
        keywords.only("mask", (Object) null);
        if (layer instanceof Dropout || layer instanceof SpatialDropout2D) {
            keywords.only("training", null, false);
        } else {
            keywords.only("training", (Object) null);
        }
        keywords.end();
    }

    private static Reference tensor(@Nullable Object value) {
        Serialized tensor = Serialized.of("tensor", value);
        if (!tensor.className().equals("__keras_tensor__")) {
            throw new NotSupportedException(
                    "Cannot call a layer on other than a tensor of the model. Received: " + Plain.repr(value));
        }
        Arguments config = new Arguments("tensor", tensor.config());
        // Follows from the policy of the layer that yields it.
        config.only("dtype", "float32", "bfloat16");
        config.has("shape");
        Reference reference = config.required("keras_history", GraphNode::reference);
        config.end();
        return reference;
    }

    /** One tensor or a list of them: {@code ["conv2d", 0, 0]}, {@code [["conv2d", 0, 0]]}. */
    static List<Reference> references(String name, @Nullable Object value) {
        List<@Nullable Object> list = Plain.list("`" + name + "`", value);
        if (!list.isEmpty() && list.get(0) instanceof String) {
            return List.of(reference(name, list));
        }
        List<Reference> references = new ArrayList<>();
        list.forEach(each -> references.add(reference(name, each)));
        return references;
    }

    private static Reference reference(String name, @Nullable Object value) {
        List<@Nullable Object> list = Plain.list("`" + name + "`", value);
        boolean fits = list.size() == 3
                && list.get(0) instanceof String
                && list.get(1) instanceof Integer call
                && call >= 0
                && Integer.valueOf(0).equals(list.get(2));
        if (!fits) {
            throw Value.wrong(name, "a layer's name, a call's number and 0", value);
        }
        return new Reference(Value.text(name, list.get(0)), Value.integer(name, list.get(1)));
    }
}
