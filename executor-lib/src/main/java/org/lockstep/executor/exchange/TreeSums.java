package org.lockstep.executor.exchange;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lockstep.executor.step.BatchSums;

/**
 * The gradient sum over all shards, read piece by piece from the nodes that workers gave: each piece is finished in the
 * canonical order. It lasts as long as their buffers stay untouched. Not thread-safe: each worker makes its own over the
 * same nodes.
 */
public final class TreeSums {

    private final CanonicalTree tree;
    private final Term root;
    private final BatchSums sums;
    private final List<float[]> scratch;

    /** Sums over these nodes. */
    public TreeSums(CanonicalTree tree, Collection<Node> given) {
        this(tree, given, new ArrayList<>());
    }

    private TreeSums(CanonicalTree tree, Collection<Node> given, List<float[]> scratch) {
        this.tree = tree;
        this.scratch = scratch;
        root = tree.sum(range -> leaf(range, given), Both::new);
        sums = tree.sum(range -> sums(range, given), BatchSums::plus);
    }

    /** A gradient that somebody gave, or the sum of two. */
    private sealed interface Term {}

    private record Given(FloatBuffer gradient) implements Term {}

    private record Both(Term left, Term right) implements Term {}

    private static @Nullable Term leaf(ShardRange range, Collection<Node> given) {
        Node node = find(range, given);
        return node == null ? null : new Given(node.gradient());
    }

    private static @Nullable BatchSums sums(ShardRange range, Collection<Node> given) {
        Node node = find(range, given);
        return node == null ? null : node.sums();
    }

    private static @Nullable Node find(ShardRange range, Collection<Node> given) {
        for (Node node : given) {
            if (node.range().equals(range)) {
                return node;
            }
        }
        return null;
    }

    /** Sums over the nodes of the next step, in this one's room. */
    TreeSums next(Collection<Node> given) {
        return new TreeSums(tree, given, scratch);
    }

    /** Losses, metrics and counts over all shards. */
    public BatchSums sums() {
        return sums;
    }

    /** Where the sums lie, if one node has them all; null where a read adds them up. */
    @Nullable
    FloatBuffer buffer() {
        return root instanceof Given given ? given.gradient() : null;
    }

    /** Copies {@code length} sums that begin at {@code offset} to the front of {@code into}. */
    public void read(int offset, int length, float[] into) {
        read(root, 0, offset, length, into);
    }

    private void read(Term term, int depth, int offset, int length, float[] into) {
        if (term instanceof Given given) {
            given.gradient().get(offset, into, 0, length);
        } else if (term instanceof Both both) {
            read(both.left(), depth + 1, offset, length, into);
            float[] right = scratch(depth, length);
            read(both.right(), depth + 1, offset, length, right);
            add(into, right, length);
        }
    }

    private static void add(float[] into, float[] right, int length) {
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
