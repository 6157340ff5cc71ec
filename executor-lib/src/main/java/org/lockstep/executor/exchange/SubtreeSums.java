package org.lockstep.executor.exchange;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lockstep.executor.Floats;
import org.lockstep.executor.step.BatchSums;
import org.lockstep.executor.vector.VectorMath;

/**
 * Adds up the gradients of one worker's shards, given in shard order, into the nodes of the canonical tree that the worker
 * owns whole; holds at most a buffer per level of the tree, and those that were asked for ahead. Not thread-safe.
 */
public final class SubtreeSums {

    private static final int SCRATCH = 4096;
    private static final BatchSums NOTHING = BatchSums.none(0);

    private final List<ShardRange> owned;
    private final int length;
    /** The bytes of each buffer made here. */
    private final IdentityHashMap<FloatBuffer, ByteBuffer> bytes = new IdentityHashMap<>();

    private final Deque<FloatBuffer> free = new ArrayDeque<>();
    private final Deque<Node> open = new ArrayDeque<>();
    private final float[] left = new float[SCRATCH];
    private final float[] right = new float[SCRATCH];
    /** From here on the last shard has been added ahead. */
    private int joined;

    /**
     * Sums for a worker.
     *
     * @param length numbers in a gradient
     */
    public SubtreeSums(CanonicalTree tree, ShardRange owned, int length) {
        this.owned = tree.within(owned);
        this.length = length;
        this.joined = length;
    }

    /** A buffer for a shard's gradient yet to be added; its content is arbitrary. */
    public FloatBuffer buffer() {
        FloatBuffer buffer = free.poll();
        if (buffer != null) {
            return buffer;
        }
        ByteBuffer direct = Floats.direct(length);
        FloatBuffer floats = direct.asFloatBuffer();
        bytes.put(floats, direct);
        return floats;
    }

    /** Takes the next shard's gradient, as {@link #add(int, FloatBuffer, BatchSums, VectorMath)} does without an engine. */
    public void add(int shard, FloatBuffer gradient, BatchSums sums) {
        add(shard, gradient, sums, null);
    }

    /**
     * Takes the next shard's gradient, in a buffer from {@link #buffer()}.
     *
     * @param math what adds long vectors; null for loops alone
     */
    public void add(int shard, FloatBuffer gradient, BatchSums sums, @Nullable VectorMath math) {
        Node node = leaf(shard, gradient, sums);
        while (!open.isEmpty() && canJoin(open.getLast().range(), node.range())) {
            Node before = open.removeLast();
            add(before, node, 0, joined, math);
            free.add(node.gradient());
            node = both(before, node, before.sums().plus(node.sums()));
        }
        open.addLast(node);
    }

    private Node leaf(int shard, FloatBuffer gradient, BatchSums sums) {
        return new Node(new ShardRange(shard, shard + 1), gradient, bytes.get(gradient), sums);
    }

    /**
     * Adds a part of the worker's last shard, whose other part is still computed, ahead of {@link #add}.
     *
     * @param from where the part begins that is final
     * @param math what adds long vectors; null for loops alone
     * @return the worker's nodes, final from there on; without sums of their own
     */
    public List<Node> ahead(int shard, FloatBuffer gradient, int from, @Nullable VectorMath math) {
        Deque<Node> nodes = new ArrayDeque<>(open);
        Node node = leaf(shard, gradient, NOTHING);
        while (!nodes.isEmpty() && canJoin(nodes.getLast().range(), node.range())) {
            Node before = nodes.removeLast();
            add(before, node, from, joined, math);
            node = both(before, node, NOTHING);
        }
        nodes.addLast(node);
        joined = Math.min(joined, from);
        return new ArrayList<>(nodes);
    }

    /** How many numbers from this place on have not been added ahead. */
    public int notAhead(int from) {
        return joined - from;
    }

    /** The worker's nodes, once all its shards are added. Their buffers are valid until {@link #reset()}. */
    public List<Node> nodes() {
        return new ArrayList<>(open);
    }

    /** Begins the next step: the buffers of the last nodes are used again. */
    public void reset() {
        for (Node node : open) {
            free.add(node.gradient());
        }
        open.clear();
        joined = length;
    }

    /** Two neighbours join when together they are a node of the tree inside one owned node. */
    private boolean canJoin(ShardRange a, ShardRange b) {
        ShardRange both = new ShardRange(a.from(), b.to());
        for (ShardRange node : owned) {
            if (node.contains(both)) {
                return isNode(node, a, b);
            }
        }
        return false;
    }

    private static boolean isNode(ShardRange node, ShardRange a, ShardRange b) {
        ShardRange at = node;
        while (at.size() > 1) {
            if (at.left().equals(a) && at.right().equals(b)) {
                return true;
            }
            at = at.left().contains(new ShardRange(a.from(), b.to())) ? at.left() : at.right();
        }
        return false;
    }

    /** Adds a part of a node to its neighbour. */
    private void add(Node a, Node b, int from, int to, @Nullable VectorMath math) {
        if (math != null && to - from >= VectorMath.LONG) {
            FloatBuffer sum = a.gradient().slice(from, to - from);
            if (Addition.of(sum, b.gradient().slice(from, to - from), sum, math)) {
                return;
            }
        }
        for (int offset = from; offset < to; offset += SCRATCH) {
            int count = Math.min(SCRATCH, to - offset);
            a.gradient().get(offset, left, 0, count);
            b.gradient().get(offset, right, 0, count);
            add(left, right, count);
            a.gradient().put(offset, left, 0, count);
        }
    }

    private static Node both(Node a, Node b, BatchSums sums) {
        return new Node(new ShardRange(a.range().from(), b.range().to()), a.gradient(), a.bytes(), sums);
    }

    private static void add(float[] left, float[] right, int count) {
        for (int i = 0; i < count; i++) {
            left[i] += right[i];
        }
    }
}
