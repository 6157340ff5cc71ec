package org.lockstep.executor.step;

import org.jspecify.annotations.Nullable;

/**
 * A shard's training step under way, which pauses where a layer needs sums over all shards' batches.
 *
 * <p>Order of use: {@link #advance} until it returns null, then {@link #sums}. A step may be left where it is.
 */
public interface TrainingStep {

    /**
     * Goes on to the next pause.
     *
     * @return this shard's numbers, which the caller replaces by their sums over all shards before it goes on; null at the
     *     end of the step
     */
    double @Nullable [] advance();

    /** The step's sums, once it has ended. */
    BatchSums sums();
}
