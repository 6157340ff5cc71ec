package org.lockstep.executor.spark;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import org.lockstep.executor.TrainState;
import org.lockstep.executor.worker.SegmentEnd;

/**
 * What a worker brings back from a segment.
 *
 * @param state what the segment ended with; only the first worker brings it
 */
public record SegmentResult(@Nullable TrainState state, SegmentEnd end) implements Serializable {}
