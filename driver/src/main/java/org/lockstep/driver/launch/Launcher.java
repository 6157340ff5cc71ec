package org.lockstep.driver.launch;

import org.lockstep.executor.TrainState;
import org.lockstep.executor.worker.Segment;

/** Trains segments of one run on Spark. */
public interface Launcher extends AutoCloseable {

    /**
     * Works through a segment.
     *
     * @param state what the segment begins with; it may be changed
     * @return what it ends with
     * @throws TrainingException with the first cause, when a worker failed
     */
    TrainState run(Segment segment, TrainState state);

    /** Ends the run on all executors. */
    @Override
    void close();
}
