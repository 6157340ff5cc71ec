package org.lockstep.driver.launch;

import org.lockstep.executor.TrainState;
import org.lockstep.executor.worker.Segment;
import org.lockstep.report.StepReport;

/** Which steps of a segment its listener has heard of: those that are done again after a failure it does not hear twice. */
final class Heard {

    private final SegmentListener listener;
    private final Runnable stepped;
    private int next;
    private boolean stops;
    private boolean isInterrupted;

    /**
     * None yet.
     *
     * @param stepped run at each step, before the listener hears of it
     */
    Heard(SegmentListener listener, Segment segment, Runnable stepped) {
        this.listener = listener;
        this.stepped = stepped;
        this.next = segment.fromStep();
    }

    /** Passes a report on, unless it has been heard. An interruption ends the segment, and is remembered. */
    boolean stepEnded(StepReport report, TrainState state) {
        if (report.step() < next) {
            return !stops;
        }
        next = report.step() + 1;
        stepped.run();
        try {
            stops |= !listener.stepEnded(report, state);
        } catch (InterruptedException e) {
            interrupted();
        }
        return !stops;
    }

    /** Passes a recovery point on, unless its listener has heard of steps beyond it. */
    void reached(Point point) {
        if (point.step() == next && !stops) {
            listener.pointReached(point.state());
        }
    }

    /** The thread that called {@code fit} was interrupted. */
    void interrupted() {
        isInterrupted = true;
        stops = true;
    }

    boolean isInterrupted() {
        return isInterrupted;
    }

    /** The step after the last that was heard. */
    int next() {
        return next;
    }

    /** Whether the listener, or an interruption, ends the segment. */
    boolean stops() {
        return stops;
    }
}
