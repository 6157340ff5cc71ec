package org.lockstep.driver.launch;

import java.util.List;
import org.lockstep.executor.TrainState;
import org.lockstep.executor.worker.Segment;
import org.lockstep.report.Recovery;
import org.lockstep.report.RecoveryPoints;
import org.lockstep.report.WorkerReport;

/** Trains segments of one run on Spark. */
public interface Launcher extends AutoCloseable {

    /**
     * Works through a segment.
     *
     * @param state what the segment begins with; it is changed where the outcome brings it back
     * @param listener told of each step in the calling thread, which may end the segment
     * @throws TrainingException with the first cause, when a worker failed
     */
    SegmentOutcome run(Segment segment, TrainState state, SegmentListener listener);

    /** Where the time of each executor's workers went; empty where workers share one. */
    default List<WorkerReport> workers() {
        return List.of();
    }

    /** What was noticed that users should know. */
    default List<String> warnings() {
        return List.of();
    }

    /** The failures that the segments so far went on after. */
    default List<Recovery> recoveries() {
        return List.of();
    }

    /** What the recovery points so far cost. */
    default RecoveryPoints recoveryPoints() {
        return RecoveryPoints.NONE;
    }

    /** Ends the run on all executors. */
    @Override
    void close();
}
