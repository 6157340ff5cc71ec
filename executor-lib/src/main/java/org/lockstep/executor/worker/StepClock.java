package org.lockstep.executor.worker;

import org.lockstep.executor.worker.SegmentEnd.Reason;
import org.lockstep.report.Timing;

/** Where the time of a segment's steps goes. For one thread. */
final class StepClock {

    private Timing all = Timing.NONE;
    private Timing step = Timing.NONE;
    private long from = System.nanoTime();
    private long stallBefore;

    /**
     * The gradients are there.
     *
     * @param stall all waiting for batches so far
     */
    void computed(long stall) {
        long now = System.nanoTime();
        long waited = stall - stallBefore;
        stallBefore = stall;
        step = new Timing(now - from - waited, 0, waited);
        from = now;
    }

    /** The weights are updated. */
    void exchanged() {
        long now = System.nanoTime();
        step = new Timing(step.compute(), now - from, step.stall());
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
