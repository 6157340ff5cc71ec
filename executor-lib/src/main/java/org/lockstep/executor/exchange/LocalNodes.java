package org.lockstep.executor.exchange;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The nodes that one executor's workers gave, added up into the nodes of the canonical tree that the executor owns whole.
 * Each worker adds up its part of the vector, in place.
 */
final class LocalNodes {

    private static final int SCRATCH = 4096;

    private final Map<ShardRange, Node> given = new HashMap<>();
    private final float[] left = new float[SCRATCH];
    private final float[] right = new float[SCRATCH];

    LocalNodes(List<Node> nodes) {
        nodes.forEach(node -> given.put(node.range(), node));
    }

    /** Adds up these nodes from {@code from} to {@code to} of the vector. */
    List<Node> merged(List<ShardRange> ranges, int from, int to) {
        List<Node> nodes = new ArrayList<>();
        ranges.forEach(range -> nodes.add(merged(range, from, to)));
        return nodes;
    }

    private Node merged(ShardRange range, int from, int to) {
        Node node = given.get(range);
        if (node != null) {
            return node;
        }
        if (range.size() == 1) {
            throw new IllegalStateException("Cannot sum gradients: shard " + range.from() + " gave none");
        }
        Node a = merged(range.left(), from, to);
        Node b = merged(range.right(), from, to);
        add(a.gradient(), b.gradient(), from, to);
        return new Node(range, a.gradient(), a.bytes(), a.sums().plus(b.sums()));
    }

    private void add(FloatBuffer a, FloatBuffer b, int from, int to) {
        for (int offset = from; offset < to; offset += SCRATCH) {
            int count = Math.min(SCRATCH, to - offset);
            a.get(offset, left, 0, count);
            b.get(offset, right, 0, count);
            for (int i = 0; i < count; i++) {
                left[i] += right[i];
            }
            a.put(offset, left, 0, count);
        }
    }
}
