package org.lockstep.executor.worker;

import org.lockstep.executor.worker.SegmentEnd.Reason;
import org.lockstep.report.Timing;

/** Where the time of a segment's steps goes. For one thread. */
final class StepClock {

    private Timing all = Timing.NONE;
    private Timing step = Timing.NONE;
    private long from = System.nanoTime();
    private long stallBefore;
    private long pausedBefore;

    /**
     * The gradients are there.
     *
     * @param stall all waiting for batches so far
     * @param paused all time in pauses so far
     */
    void computed(long stall, long paused) {
        long now = System.nanoTime();
        long waited = stall - stallBefore;
        long exchanged = paused - pausedBefore;
        stallBefore = stall;
        pausedBefore = paused;
        step = new Timing(now - from - waited - exchanged, exchanged, waited);
        from = now;
    }

    /** The weights are updated. */
    void exchanged() {
        long now = System.nanoTime();
        step = new Timing(step.compute(), step.exchange() + now - from, step.stall());
        all = all.plus(step);
        from = now;
    }

    /** The next step begins. */
    void next() {
        from = System.nanoTime();
    }

    Timing lastStep() {
        return step;
    }

    SegmentEnd end(int nextStep, Reason reason, long samples) {
        return new SegmentEnd(nextStep, reason, all, samples);
    }
}
