package org.lockstep.driver;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.lockstep.callbacks.Callback;
import org.lockstep.callbacks.RunParams;
import org.lockstep.driver.launch.Evaluation;
import org.lockstep.driver.launch.Launcher;
import org.lockstep.executor.TrainState;
import org.lockstep.executor.worker.RunOrder;
import org.lockstep.executor.worker.Segment;
import org.lockstep.executor.worker.Worker.StepListener;
import org.lockstep.callbacks.History;
import org.lockstep.report.StepReport;
import org.lockstep.report.Totals;

/**
 * The epochs of a fit, as the driver sees them: a segment on the cluster, a validation, the callbacks.
 *
 * <p>Steps are heard of on whatever thread reports them, one at a time.
 */
final class TrainingLoop implements StepListener {

    private final RunOrder order;
    private final List<Callback> callbacks;
    private final List<String> metricNames;
    private Totals totals;

    TrainingLoop(RunOrder order, List<Callback> callbacks, List<String> metricNames) {
        this.order = order;
        this.callbacks = callbacks;
        this.metricNames = metricNames;
        this.totals = new Totals(metricNames);
    }

    /**
     * Runs all epochs.
     *
     * @param initial the state to begin with, which may be changed
     * @param keeper is given the state after each epoch's training
     */
    void run(
            Launcher launcher,
            @Nullable Evaluation validation,
            TrainState initial,
            int firstEpoch,
            History history,
            Consumer<TrainState> keeper) {
        TrainState state = initial;
        Map<String, Double> logs = Map.of();
        callbacks.forEach(callback -> callback.onTrainBegin(new RunParams(order.epochs(), order.steps())));
        for (int epoch = firstEpoch; epoch < order.epochs(); epoch++) {
            int current = epoch;
            totals = new Totals(metricNames);
            callbacks.forEach(callback -> callback.onEpochBegin(current));
            state = launcher.run(new Segment(epoch, 0, order.steps()), state);
            keeper.accept(state);
            Map<String, Double> ended = epochLogs(validation, state);
            history.add(epoch, ended);
            callbacks.forEach(callback -> callback.onEpochEnd(current, ended));
            logs = ended;
        }
        Map<String, Double> last = logs;
        callbacks.forEach(callback -> callback.onTrainEnd(last));
    }

    private Map<String, Double> epochLogs(@Nullable Evaluation validation, TrainState state) {
        Map<String, Double> logs = new TreeMap<>(totals.logs());
        if (validation != null) {
            callbacks.forEach(Callback::onTestBegin);
            Map<String, Double> held = EvaluationLogs.of(validation, order, state, metricNames);
            callbacks.forEach(callback -> callback.onTestEnd(held));
            held.forEach((name, value) -> logs.put("val_" + name, value));
        }
        return logs;
    }

    @Override
    public void stepEnded(StepReport report) {
        callbacks.forEach(callback -> callback.onTrainBatchBegin(report.step()));
        totals.add(report.samples(), report.loss(), report.metrics());
        Map<String, Double> logs = totals.logs();
        callbacks.forEach(callback -> callback.onTrainBatchEnd(report.step(), logs));
    }
}
