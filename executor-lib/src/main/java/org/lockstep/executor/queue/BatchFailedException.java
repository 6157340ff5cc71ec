package org.lockstep.executor.queue;

import org.jspecify.annotations.Nullable;

/** A batch that its feed could not give; the message names shard, epoch and index and repeats the reason. */
public final class BatchFailedException extends RuntimeException {

    private BatchFailedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    static BatchFailedException get(int shard, Route.Place place, Throwable cause) {
        return new BatchFailedException(
                "Cannot get batch %d of epoch %d of shard %d: %s"
                        .formatted(place.step(), place.window().epoch() + 1, shard, reason(cause)),
                cause);
    }

    static BatchFailedException hook(String hook, int shard, int epoch, Throwable cause) {
        return new BatchFailedException(
                "Cannot %s epoch %d of shard %d: %s".formatted(hook, epoch + 1, shard, reason(cause)), cause);
    }

    private static String reason(Throwable cause) {
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
}
