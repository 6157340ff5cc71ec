package org.lockstep.driver;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.conf.ValidationConf;
import org.lockstep.data.Window;
import org.lockstep.driver.launch.Launcher;
import org.lockstep.driver.launch.SegmentOutcome;
import org.lockstep.driver.plan.Schedule;
import org.lockstep.executor.TrainState;
import org.lockstep.executor.worker.RunOrder;
import org.lockstep.executor.worker.Segment;
import org.lockstep.executor.worker.SegmentEnd.Reason;

/**
 * The epochs of a fit, as the driver sees them.
 *
 * <pre>
 * for each epoch, until somebody stops:
 *     segment:     on the cluster; each step is told to the callbacks
 *     validation:  on held-out data, where it is due
 *     callbacks:   with the epoch's logs
 * </pre>
 */
final class TrainingLoop {

    private final SparkModel model;
    private final RunOrder order;
    private final Schedule schedule;
    private final ValidationConf due;
    private final Progress progress;
    private final RunCallbacks callbacks;
    private final Checkpoints checkpoints;
    private final FitTimes times;

    TrainingLoop(
            SparkModel model,
            RunOrder order,
            Schedule schedule,
            ValidationConf due,
            Progress progress,
            RunCallbacks callbacks,
            Checkpoints checkpoints,
            FitTimes times) {
        this.model = model;
        this.order = order;
        this.schedule = schedule;
        this.due = due;
        this.progress = progress;
        this.callbacks = callbacks;
        this.checkpoints = checkpoints;
        this.times = times;
    }

    /** Runs all epochs; the model has the state that each leaves. */
    void run(Launcher launcher, @Nullable Validation validation) {
        callbacks.trainBegin();
        checkpoints.place();
        boolean isOver = checkpoints.isOver();
        if (!checkpoints.isWithinEpoch()) {
            checkpoints.restore();
        }
        Map<String, Double> logs = Map.of();
        Window window = isOver ? null : progress.window();
        skipValidations(window, validation);
        while (window != null) {
            logs = epoch(window, launcher, validation);
            window = model.isStopped() ? null : progress.window();
        }
        callbacks.trainEnd(logs);
    }

    /** Those of the epochs that a resumed training has behind it. */
    private void skipValidations(@Nullable Window first, @Nullable Validation validation) {
        if (first != null && validation != null) {
            for (int epoch = order.batches().initialEpoch(); epoch < first.epoch(); epoch++) {
                if (due.isDue(epoch)) {
                    validation.skip();
                }
            }
        }
    }

    private Map<String, Double> epoch(Window window, Launcher launcher, @Nullable Validation validation) {
        callbacks.epochBegin(window.epoch());
        checkpoints.restore();
        train(window, launcher);
        Map<String, Double> logs = progress.logs();
        if (validation != null && due.isDue(window.epoch())) {
            long began = System.nanoTime();
            validation.run(model.live(), callbacks.list()).forEach((name, value) -> logs.put("val_" + name, value));
            times.validated(System.nanoTime() - began);
        }
        progress.epochEnded(schedule.window(window.epoch() + 1));
        callbacks.epochEnd(window.epoch(), logs);
        checkpoints.take();
        return logs;
    }

    private void train(Window window, Launcher launcher) {
        int from = progress.step();
        int all = order.updates(window);
        int to = model.isStopped() ? Math.min(Math.max(from, 1), all) : all;
        if (from < to) {
            TrainState before = model.live();
            StepEvents events = new StepEvents(model, progress, callbacks, checkpoints, to);
            events.begin(from);
            SegmentOutcome outcome = run(launcher, new Segment(window, from, to), before, events);
            events.throwFailure();
            check(window, outcome, events);
            if (outcome.reason() == Reason.OUT_OF_DATA) {
                boolean isForeseen = schedule.isOpenEnded(window.epoch());
                schedule.ranOut(window.epoch());
                if (!isForeseen) {
                    callbacks.warnRanOut();
                }
            }
        }
        if (schedule.isCutShort(window.epoch()) && !model.isStopped()) {
            callbacks.warnRanOut();
        }
    }

    /** The model has what the segment leaves; or, where it fails, what it had before. */
    private SegmentOutcome run(Launcher launcher, Segment segment, TrainState before, StepEvents events) {
        try {
            long began = System.nanoTime();
            SegmentOutcome outcome = launcher.run(segment, before, events);
            times.trained(
                    segment,
                    outcome,
                    System.nanoTime() - began,
                    progress.totals().samples());
            model.keep(outcome.state());
            return outcome;
        } catch (RuntimeException e) {
            model.keep(before);
            throw e;
        }
    }

    private void check(Window window, SegmentOutcome outcome, StepEvents events) {
        if (Thread.currentThread().isInterrupted()) {
            throw new IllegalStateException(
                    "Cannot go on training: the thread was interrupted after step %d of epoch %d"
                            .formatted(outcome.nextStep(), window.epoch() + 1));
        }
        if (outcome.reason() == Reason.NON_FINITE && !events.terminated(outcome)) {
            throw outcome.failure();
        }
    }
}
