package org.lockstep.executor.exchange;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lockstep.executor.Floats;
import org.lockstep.executor.step.BatchSums;
import org.lockstep.executor.vector.VectorMath;

/**
 * The gradient sum over all shards, read piece by piece from the nodes that workers gave: each piece is finished in the
 * canonical order. It lasts as long as their buffers stay untouched. Not thread-safe: each worker makes its own over the
 * same nodes.
 */
public final class TreeSums {

    private final CanonicalTree tree;
    private final Term root;
    private final BatchSums sums;
    private final Room room;
    private @Nullable Summed summed;

    /** What one step leaves to the next: arrays and buffers for summands, by their depth in the tree. */
    private record Room(List<float[]> arrays, List<FloatBuffer> buffers) {}

    /** Sums from one place on, in one buffer. */
    private record Summed(int offset, FloatBuffer sums) {

        boolean has(int from, int length) {
            return from >= offset && from + length <= offset + sums.capacity();
        }
    }

    /** Sums over these nodes. */
    public TreeSums(CanonicalTree tree, Collection<Node> given) {
        this(tree, given, new Room(new ArrayList<>(), new ArrayList<>()));
    }

    private TreeSums(CanonicalTree tree, Collection<Node> given, Room room) {
        this.tree = tree;
        this.room = room;
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
        return new TreeSums(tree, given, room);
    }

    /** Losses, metrics and counts over all shards. */
    public BatchSums sums() {
        return sums;
    }

    /** Some of the sums in one buffer, where engines can reach it; null where only a read puts them together. */
    @Nullable
    FloatBuffer buffer(int offset, int length, VectorMath math) {
        Summed before = summed;
        if (before != null && before.has(offset, length)) {
            return before.sums().slice(offset - before.offset(), length);
        }
        FloatBuffer sum = sum(root, 0, offset, length, math);
        summed = sum == null ? null : new Summed(offset, sum);
        return sum;
    }

    private @Nullable FloatBuffer sum(Term term, int depth, int offset, int length, VectorMath math) {
        if (term instanceof Given given) {
            FloatBuffer gradient = given.gradient();
            return gradient.isDirect() ? gradient.slice(offset, length) : null;
        }
        Both both = (Both) term;
        FloatBuffer left = sum(both.left(), depth, offset, length, math);
        FloatBuffer right = left == null ? null : sum(both.right(), depth + 1, offset, length, math);
        if (left == null || right == null) {
            return null;
        }
        FloatBuffer into = buffer(depth, length);
        return Addition.of(left, right, into, math) ? into : null;
    }

    /** A buffer for the sum at a depth of the tree. */
    private FloatBuffer buffer(int depth, int length) {
        List<FloatBuffer> buffers = room.buffers();
        while (buffers.size() <= depth) {
            buffers.add(FloatBuffer.allocate(0));
        }
        if (buffers.get(depth).capacity() < length) {
            buffers.set(depth, Floats.direct(length).asFloatBuffer());
        }
        return buffers.get(depth).slice(0, length);
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
        List<float[]> arrays = room.arrays();
        while (arrays.size() <= depth) {
            arrays.add(new float[length]);
        }
        if (arrays.get(depth).length < length) {
            arrays.set(depth, new float[length]);
        }
        return arrays.get(depth);
    }
}
