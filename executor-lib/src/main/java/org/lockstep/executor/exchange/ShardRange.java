package org.lockstep.executor.exchange;

import java.io.Serializable;

/** The shards from {@code from} up to, but without, {@code to}: a node of the canonical tree, or what a worker owns. */
public record ShardRange(int from, int to) implements Serializable {

    public ShardRange {
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("Invalid shard range: [%d, %d)".formatted(from, to));
        }
    }

    public int size() {
        return to - from;
    }

    public boolean contains(ShardRange other) {
        return from <= other.from && other.to <= to;
    }

    boolean overlaps(ShardRange other) {
        return from < other.to && other.from < to;
    }

    /** The lower child of a node: the largest power of two of shards that is smaller than the node. */
    ShardRange left() {
        return new ShardRange(from, middle());
    }

    ShardRange right() {
        return new ShardRange(middle(), to);
    }

    private int middle() {
        if (size() < 2) {
            throw new IllegalStateException("Cannot split " + this + ": it is a leaf");
        }
        return from + Integer.highestOneBit(size() - 1);
    }

    @Override
    public String toString() {
        return "[" + from + ", " + to + ")";
    }
}
