package org.lockstep.executor.exchange;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.lockstep.executor.optimizer.GradientSums;
import org.lockstep.executor.step.BatchSums;

/**
 * The gradient sum over all shards, read piece by piece from the nodes that workers gave: each piece is finished in the
 * canonical order. Not thread-safe: each worker makes its own over the same nodes.
 */
public final class TreeSums implements GradientSums {

    private final CanonicalTree tree;
    private final Map<ShardRange, Node> nodes = new HashMap<>();
    private final List<float[]> scratch = new ArrayList<>();

    public TreeSums(CanonicalTree tree, Collection<Node> given) {
        this.tree = tree;
        for (Node node : given) {
            nodes.put(node.range(), node);
        }
    }

    /** Losses, metrics and counts over all shards. */
    public BatchSums sums() {
        return tree.sum(
                range -> {
                    Node node = nodes.get(range);
                    return node == null ? null : node.sums();
                },
                BatchSums::plus);
    }

    @Override
    public void read(int offset, int length, float[] into) {
        read(tree.root(), 0, offset, length, into);
    }

    private void read(ShardRange range, int depth, int offset, int length, float[] into) {
        Node node = nodes.get(range);
        if (node != null) {
            node.gradient().get(offset, into, 0, length);
            return;
        }
        if (range.size() == 1) {
            throw new IllegalStateException("Cannot sum gradients: shard " + range.from() + " gave none");
        }
        read(range.left(), depth + 1, offset, length, into);
        float[] right = scratch(depth, length);
        read(range.right(), depth + 1, offset, length, right);
        for (int i = 0; i < length; i++) {
            into[i] += right[i];
        }
    }

    /** An array for the right summand at a depth of the tree; the left one is finished by then. */
    private float[] scratch(int depth, int length) {
        while (scratch.size() <= depth) {
            scratch.add(new float[length]);
        }
        if (scratch.get(depth).length < length) {
            scratch.set(depth, new float[length]);
        }
        return scratch.get(depth);
    }
}
