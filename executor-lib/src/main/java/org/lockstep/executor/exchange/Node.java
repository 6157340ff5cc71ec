package org.lockstep.executor.exchange;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;
import org.lockstep.executor.step.BatchSums;

/**
 * A node's sum: the gradient sum over its shards, and their losses, metrics and counts.
 *
 * @param bytes of the gradient where it lies outside the heap, ready for a socket; else null
 */
public record Node(
        ShardRange range, FloatBuffer gradient, @Nullable ByteBuffer bytes, BatchSums sums) {

    /** A node whose gradient stays in this JVM. */
    public Node(ShardRange range, FloatBuffer gradient, BatchSums sums) {
        this(range, gradient, null, sums);
    }
}
