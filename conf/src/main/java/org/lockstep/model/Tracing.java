package org.lockstep.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import org.lockstep.keras.NotSupportedException;
import org.lockstep.layers.Input;
import org.lockstep.layers.KerasTensor;
import org.lockstep.layers.Layer;
import org.lockstep.layers.Node;

/**
 * Finds the calls between two tensors and puts them in an order that follows from the graph alone: depth first from the
 * output, through each call's inputs in their order. Layers are in Keras's order, see {@link Depths}.
 */
final class Tracing {

    private final Input input;
    /** Those found so far, each after its inputs. */
    private final List<Node> nodes = new ArrayList<>();
    /** The numbers of tensors that are done. */
    private final IdentityHashMap<KerasTensor, Integer> numbers = new IdentityHashMap<>();
    /** Layers in the order in which they were met. */
    private final List<Layer> met = new ArrayList<>();

    private final IdentityHashMap<Layer, Boolean> known = new IdentityHashMap<>();

    private Tracing(Input input) {
        this.input = input;
        numbers.put(input, 0);
    }

    static Functional between(KerasTensor inputs, KerasTensor outputs) {
        if (!(inputs instanceof Input input)) {
            throw new NotSupportedException(
                    "Cannot make a model that begins at " + inputs + ": `inputs` must be an Input");
        }
        if (!(outputs instanceof Node output)) {
            throw new IllegalArgumentException(
                    "Cannot make a model: its output must come out of a layer. Received: outputs=" + outputs);
        }
        Tracing tracing = new Tracing(input);
        tracing.visit(output);
        return tracing.model();
    }

    /** Depth first, without recursion: graphs may be deep. */
    private void visit(Node output) {
        record Visit(Node node, int next) {}
        Deque<Visit> path = new ArrayDeque<>();
        path.push(new Visit(output, 0));
        while (!path.isEmpty()) {
            Visit visit = path.pop();
            Node node = visit.node();
            if (visit.next() == 0 && !numbers.containsKey(node)) {
                meet(node.layer());
            }
            if (numbers.containsKey(node)) {
                continue;
            }
            if (visit.next() == node.inputs().size()) {
                nodes.add(node);
                numbers.put(node, nodes.size());
                continue;
            }
            path.push(new Visit(node, visit.next() + 1));
            KerasTensor read = node.inputs().get(visit.next());
            if (read instanceof Node before) {
                path.push(new Visit(before, 0));
            } else if (read != input) {
                throw new IllegalArgumentException(
                        "Graph disconnected: cannot find parent for tensor %s at operation '%s'. It is not among `inputs`."
                                .formatted(read, node.layer().name()));
            }
        }
    }

    private void meet(Layer layer) {
        if (known.put(layer, true) == null) {
            met.add(layer);
        }
    }

    private Functional model() {
        List<Layer> ordered = new ArrayList<>(Depths.order(met, nodes));
        IdentityHashMap<Layer, Layer> named = named(ordered);
        IdentityHashMap<Layer, Integer> indices = new IdentityHashMap<>();
        ordered.forEach(layer -> indices.put(layer, 1 + indices.size()));
        List<Layer> layers = new ArrayList<>();
        layers.add(input.name(input.name()));
        ordered.forEach(layer -> layers.add(Objects.requireNonNull(named.get(layer))));
        List<LayerCall> calls = nodes.stream()
                .map(node -> new LayerCall(
                        Objects.requireNonNull(indices.get(node.layer())),
                        node.inputs().stream()
                                .map(read -> Objects.requireNonNull(numbers.get(read)))
                                .toList()))
                .toList();
        return new Functional("functional", layers, calls);
    }

    /** Names are given in the order of the first calls, as in Keras, where layers are mostly made when they are called. */
    private IdentityHashMap<Layer, Layer> named(List<Layer> layers) {
        IdentityHashMap<Layer, Long> first = new IdentityHashMap<>();
        nodes.forEach(node -> first.merge(node.layer(), node.number(), Math::min));
        List<Layer> inOrder = new ArrayList<>(layers);
        inOrder.sort(Comparator.comparing(first::get));
        List<Layer> bare = new ArrayList<>();
        bare.add(input.name(input.name()));
        inOrder.forEach(layer -> bare.add(layer.conf(layer.conf().withoutInputShape())));
        List<Layer> names = LayerNames.assign(bare);
        IdentityHashMap<Layer, Layer> named = new IdentityHashMap<>();
        for (int i = 0; i < inOrder.size(); i++) {
            named.put(inOrder.get(i), names.get(i + 1));
        }
        return named;
    }
}
