package org.lockstep.driver.launch;

import org.lockstep.executor.TrainState;
import org.lockstep.executor.worker.Worker.StepListener;

/** Hears in the calling thread how far a segment has come. */
@FunctionalInterface
public interface SegmentListener extends StepListener {

    /** Whether it does anything with recovery points; where it does not, none is made for its sake. */
    default boolean keepsPoints() {
        return false;
    }

    /**
     * All steps so far have been told, and the executors have brought this state back: a recovery point. Training stands
     * still meanwhile.
     *
     * @param state not to be changed
     */
    default void pointReached(TrainState state) {}
}
