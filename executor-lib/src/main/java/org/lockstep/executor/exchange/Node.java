package org.lockstep.executor.exchange;

import java.nio.FloatBuffer;
import org.lockstep.executor.step.BatchSums;

/** A node's sum: the gradient sum over its shards, and their losses, metrics and counts. */
public record Node(ShardRange range, FloatBuffer gradient, BatchSums sums) {}
