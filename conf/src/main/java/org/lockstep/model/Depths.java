package org.lockstep.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import org.lockstep.layers.KerasTensor;
import org.lockstep.layers.Layer;
import org.lockstep.layers.Node;

/**
 * Keras's order of a graph's layers: those farthest from the output first, and of equally far ones those met first.
 *
 * <p>A call is one step farther than the farthest that reads it; a layer as far as the farthest of its calls; and a call as
 * far as its layer was when the calls after it had been looked at.
 */
final class Depths {

    private Depths() {}

    /**
     * The layers in that order.
     *
     * @param met in the order in which they were met from the output
     * @param nodes each after those that it reads
     */
    static List<Layer> order(List<Layer> met, List<Node> nodes) {
        IdentityHashMap<KerasTensor, Integer> ofNodes = new IdentityHashMap<>();
        IdentityHashMap<Layer, Integer> ofLayers = new IdentityHashMap<>();
        for (int i = nodes.size() - 1; i >= 0; i--) {
            Node node = nodes.get(i);
            int depth = Math.max(ofNodes.getOrDefault(node, 0), ofLayers.getOrDefault(node.layer(), 0));
            ofLayers.put(node.layer(), depth);
            node.inputs().forEach(read -> ofNodes.merge(read, depth + 1, Math::max));
        }
        List<Layer> ordered = new ArrayList<>(met);
        ordered.sort(Comparator.comparing((Layer layer) -> Objects.requireNonNull(ofLayers.get(layer)))
                .reversed());
        return ordered;
    }
}
