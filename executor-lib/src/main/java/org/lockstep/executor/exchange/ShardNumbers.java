package org.lockstep.executor.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The numbers of neighbouring shards at a pause, given by the workers that own them, and their sums in canonical order. */
final class ShardNumbers {

    private final int first;
    private final List<double[]> byShard;

    /**
     * Numbers in the order of shards.
     *
     * @param first the shard of the first
     * @param given by worker, each for its shards in order
     */
    ShardNumbers(int first, AtomicReferenceArray<List<double[]>> given) {
        this.first = first;
        this.byShard = new ArrayList<>();
        for (int worker = 0; worker < given.length(); worker++) {
            byShard.addAll(given.get(worker));
        }
    }

    /** The sums over the shards of a node of the tree. */
    double[] sum(ShardRange node) {
        return sum(node, range -> range.size() == 1 ? byShard.get(range.from() - first) : null);
    }

    /**
     * The sums over the shards of a node.
     *
     * @param known the sums of a node below it, or null where they must be made of its children's
     */
    static double[] sum(ShardRange node, Function<ShardRange, double @Nullable []> known) {
        return CanonicalTree.sum(node, known, ShardNumbers::plus);
    }

    private static double[] plus(double[] a, double[] b) {
        if (a.length != b.length) {
            throw new IllegalStateException(
                    "Cannot add up what shards have at a pause: %d and %d numbers".formatted(a.length, b.length));
        }
        double[] sum = a.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += b[i];
        }
        return sum;
    }
}
