package org.lockstep.executor.queue;

import org.jspecify.annotations.Nullable;

/** A batch that its sequence could not give; the message names shard, epoch and index and repeats the reason. */
public final class BatchFailedException extends RuntimeException {

    BatchFailedException(int shard, int epoch, int index, @Nullable Throwable cause) {
        super(
                "Cannot get batch %d of epoch %d of shard %d: %s".formatted(index, epoch + 1, shard, reason(cause)),
                cause);
    }

    private static String reason(@Nullable Throwable cause) {
        return cause == null ? "unknown" : cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
}
