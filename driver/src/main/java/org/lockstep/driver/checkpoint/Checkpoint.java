package org.lockstep.driver.checkpoint;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lockstep.executor.Cursor;
import org.lockstep.executor.Kernel;
import org.lockstep.executor.TrainState;
import org.lockstep.report.Totals;

/**
 * All that a training needs to go on from an exact place as if it had never stopped.
 *
 * @param state with its cursor; not to be changed any more
 * @param totals of the cursor's epoch, up to its step
 * @param callbacks what they remember, the history among them, in the order in which they are called
 * @param stopped whether training was told to stop
 * @param kernel what it was computed with; null where nothing was, or nobody noted it
 */
public record Checkpoint(
        TrainState state,
        Totals.Snapshot totals,
        List<CallbackState> callbacks,
        boolean stopped,
        @Nullable Kernel kernel) {

    public Checkpoint {
        if (state.cursor() == null) {
            throw new IllegalArgumentException("Invalid checkpoint: its state must have a cursor");
        }
        callbacks = List.copyOf(callbacks);
    }

    /** Where the training goes on. */
    public Cursor cursor() {
        Cursor cursor = state.cursor();
        if (cursor == null) {
            throw new IllegalStateException("Cannot tell where a checkpoint is: its cursor was taken away");
        }
        return cursor;
    }
}
