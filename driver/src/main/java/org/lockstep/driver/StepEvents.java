package org.lockstep.driver;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.driver.launch.SegmentListener;
import org.lockstep.driver.launch.SegmentOutcome;
import org.lockstep.executor.TrainState;
import org.lockstep.report.StepReport;
import org.lockstep.report.Timing;

/**
 * Tells callbacks of a segment's steps; the first that fails ends the segment.
 *
 * <p>Synchronous callbacks hear of a step's beginning before it does begin, others when it has ended: so at a recovery point
 * they have heard of whole steps only, and one that goes on from it hears of each once.
 */
final class StepEvents implements SegmentListener {

    private final SparkModel model;
    private final Progress progress;
    private final RunCallbacks callbacks;
    private final Checkpoints checkpoints;
    private final int toStep;
    private int begun;
    private @Nullable RuntimeException failure;

    StepEvents(SparkModel model, Progress progress, RunCallbacks callbacks, Checkpoints checkpoints, int toStep) {
        this.model = model;
        this.progress = progress;
        this.callbacks = callbacks;
        this.checkpoints = checkpoints;
        this.toStep = toStep;
    }

    /** A step begins; nothing happens where callbacks have heard that. */
    void begin(int step) {
        if (step < begun) {
            return;
        }
        begun = step + 1;
        callbacks.list().forEach(callback -> callback.onTrainBatchBegin(step, new LinkedHashMap<>()));
    }

    @Override
    public boolean stepEnded(StepReport report, TrainState state) {
        if (failure != null) {
            return false;
        }
        try {
            boolean isSynchronous = callbacks.list().isSynchronous();
            if (isSynchronous) {
                model.keep(state);
            }
            begin(report.step());
            progress.stepEnded(report);
            tell(report.step());
            if (model.isStopped()) {
                return false;
            }
            if (isSynchronous && report.step() + 1 < toStep) {
                begin(report.step() + 1);
            }
            return true;
        } catch (RuntimeException e) {
            failure = e;
            return false;
        }
    }

    /** Where a callback is synchronous, points are taken as it hears of steps. */
    @Override
    public boolean keepsPoints() {
        return checkpoints.keepsPoints() && !callbacks.list().isSynchronous();
    }

    @Override
    public void pointReached(TrainState state) {
        checkpoints.takePoint(state);
    }

    private void tell(int step) {
        Map<String, Double> logs = progress.logs();
        callbacks.list().forEach(callback -> callback.onTrainBatchEnd(step, logs));
        checkpoints.takeAfterStep();
    }

    /** Throws what a callback has thrown. */
    void throwFailure() {
        if (failure != null) {
            throw failure;
        }
    }

    /** Whether somebody waits for a loss that is not finite, and has ended the training now. */
    boolean terminated(SegmentOutcome outcome) {
        if (!callbacks.list().takesNonFinite()) {
            return false;
        }
        begin(outcome.nextStep());
        progress.stepEnded(
                new StepReport(progress.epoch(), outcome.nextStep(), 1, Double.NaN, progress.noMetrics(), Timing.NONE));
        tell(outcome.nextStep());
        return model.isStopped();
    }
}
