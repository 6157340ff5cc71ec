package org.lockstep.executor.exchange;

import java.util.Collection;
import java.util.HashMap;
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
        read(tree.root(), offset, length, into);
    }

    private void read(ShardRange range, int offset, int length, float[] into) {
        Node node = nodes.get(range);
        if (node != null) {
            node.gradient().get(offset, into, 0, length);
            return;
        }
        if (range.size() == 1) {
            throw new IllegalStateException("Cannot sum gradients: shard " + range.from() + " gave none");
        }
        read(range.left(), offset, length, into);
        float[] right = new float[length];
        read(range.right(), offset, length, right);
        for (int i = 0; i < length; i++) {
            into[i] += right[i];
        }
    }
}
