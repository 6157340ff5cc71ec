package org.lockstep.executor.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The binary tree over shard numbers in which all sums are taken: a node of n shards is the sum of its first 2^k shards,
 * 2^k the largest power of two below n, and of the rest. The order never depends on where shards run.
 *
 * @param shards the number of leaves
 */
public record CanonicalTree(int shards) {

    public CanonicalTree {
        if (shards < 1) {
            throw new IllegalArgumentException("Invalid number of shards: must be at least 1. Received: " + shards);
        }
    }

    /** The node of all shards. */
    public ShardRange root() {
        return new ShardRange(0, shards);
    }

    /** The largest complete nodes that lie in a range: what its owner can add up alone, in shard order. */
    public List<ShardRange> within(ShardRange owned) {
        List<ShardRange> nodes = new ArrayList<>();
        collect(root(), owned, nodes);
        return List.copyOf(nodes);
    }

    private static void collect(ShardRange node, ShardRange owned, List<ShardRange> nodes) {
        if (owned.contains(node)) {
            nodes.add(node);
        } else if (owned.overlaps(node)) {
            collect(node.left(), owned, nodes);
            collect(node.right(), owned, nodes);
        }
    }

    /**
     * The sum over all shards, from nodes that are known.
     *
     * @param known the sum of a node, or null where it must be made of its children's
     */
    public <T> T sum(Function<ShardRange, @Nullable T> known, BinaryOperator<T> add) {
        return sum(root(), known, add);
    }

    /** The sum over the shards of a node. */
    static <T> T sum(ShardRange node, Function<ShardRange, @Nullable T> known, BinaryOperator<T> add) {
        T value = known.apply(node);
        if (value != null) {
            return value;
        }
        if (node.size() == 1) {
            throw new IllegalStateException("Cannot sum: shard " + node.from() + " gave no value");
        }
        return add.apply(sum(node.left(), known, add), sum(node.right(), known, add));
    }

    /** The shards of one of {@code workers} workers: contiguous runs, as even as can be, the longer ones last. */
    public ShardRange owned(int worker, int workers) {
        return new ShardRange((int) ((long) shards * worker / workers), (int) ((long) shards * (worker + 1) / workers));
    }
}
