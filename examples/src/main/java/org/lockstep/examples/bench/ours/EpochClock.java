package org.lockstep.examples.bench.ours;

import java.util.Map;
import org.lockstep.callbacks.Callback;

/** When the last epoch of a fit ran, and how long it took from the last step of the epoch before to its first. */
final class EpochClock extends Callback {

    private static final double MILLIS = 1e-6;

    private final Runnable counts;
    private long previousEnd;
    private long end;
    private long begun;
    private long millis;
    private long lastStepBefore;
    private long firstStep;
    private long lastStep;
    private int steps;

    /** @param counts run when an epoch begins, of which the last is the one that counts */
    EpochClock(Runnable counts) {
        this.counts = counts;
    }

    @Override
    public void onEpochBegin(int epoch, Map<String, Double> logs) {
        counts.run();
        lastStepBefore = lastStep;
        steps = 0;
    }

    @Override
    public void onTrainBatchEnd(int batch, Map<String, Double> logs) {
        lastStep = System.nanoTime();
        if (batch == 0) {
            firstStep = lastStep;
        }
        steps++;
    }

    /** It only watches: workers need not wait. */
    @Override
    public boolean isSynchronous() {
        return false;
    }

    @Override
    public void onEpochEnd(int epoch, Map<String, Double> logs) {
        previousEnd = end;
        end = System.nanoTime();
        begun = millis;
        millis = System.currentTimeMillis();
    }

    /** The time from the end of the epoch before to that of the last. */
    double seconds() {
        return (end - previousEnd) * 1e-9;
    }

    /** When the last epoch began, in milliseconds of the wall clock. */
    long begun() {
        return begun;
    }

    /**
     * Milliseconds from the end of the last step before the last epoch to the beginning of its first; NaN for a single step.
     * Steps are heard of when they end, so a mean step is taken off.
     */
    double boundaryMillis() {
        double step = steps > 1 ? (lastStep - firstStep) / (double) (steps - 1) : Double.NaN;
        return Math.max(0, firstStep - lastStepBefore - step) * MILLIS;
    }
}
