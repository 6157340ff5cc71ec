package org.lockstep.executor.queue;

import org.jspecify.annotations.Nullable;
import org.lockstep.data.Batch;

/** A place in the queue for a batch that is being made; its line's monitor guards it. */
final class Slot {

    private final Route.Place place;
    private @Nullable Batch batch;
    private @Nullable BatchFailedException failure;
    private boolean ready;

    Slot(Route.Place place) {
        this.place = place;
    }

    Route.Place place() {
        return place;
    }

    void fill(Batch made) {
        batch = made;
    }

    void fail(BatchFailedException reason) {
        failure = reason;
        ready = true;
    }

    /** Lets the batch go, unless there is a failure in its stead. */
    void release() {
        ready = true;
    }

    boolean isReady() {
        return ready;
    }

    Batch result() {
        if (failure != null) {
            throw failure;
        }
        if (batch == null) {
            throw new IllegalStateException("Cannot take " + place + ": it is not made");
        }
        return batch;
    }
}
