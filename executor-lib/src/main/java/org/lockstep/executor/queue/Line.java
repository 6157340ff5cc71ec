package org.lockstep.executor.queue;

import org.lockstep.data.Batch;

/** Batches one after the other from a place on. Ends at its first failure. */
interface Line {

    /** Whether this is the place of the batch that {@link #take} gives next. */
    boolean isAt(Route.Place place);

    /** How many batches wait to be taken. */
    int ready();

    /**
     * The next batch.
     *
     * @throws BatchFailedException instead of the batch that could not be made
     */
    Batch take() throws InterruptedException;

    /** Ends all work when the gets at hand are done, so that the feed can be used on. */
    void leave();

    /** Ends all work, interrupts the gets at hand and waits for them; a waiting {@link #take} fails. */
    void stop();
}
