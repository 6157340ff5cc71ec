package org.lockstep.driver;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lockstep.callbacks.CallbackList;
import org.lockstep.data.Window;
import org.lockstep.driver.launch.Evaluation;
import org.lockstep.executor.TrainState;
import org.lockstep.executor.optimizer.Update;
import org.lockstep.executor.worker.RunOrder;
import org.lockstep.report.Totals;

/** Loss and metrics of held-out data as Keras logs them, again and again; the loss includes the weights' penalties. */
final class Validation implements AutoCloseable {

    private final Evaluation evaluation;
    private final LogNames names;
    private final boolean isWatched;
    private int runs;

    /** @param isWatched whether somebody looks at it while it goes on */
    Validation(Evaluation evaluation, LogNames names, boolean isWatched) {
        this.evaluation = evaluation;
        this.names = names;
        this.isWatched = isWatched;
    }

    /** Counts an evaluation that was done before the training was resumed. */
    void skip() {
        runs++;
    }

    /** The logs of the next evaluation; callbacks hear of its batches as they come where it is watched, else at its end. */
    Map<String, Double> run(TrainState state, CallbackList callbacks) {
        callbacks.forEach(callback -> callback.onTestBegin(new LinkedHashMap<>()));
        RunOrder order = evaluation.order();
        List<Window> windows = order.windows();
        Window window = windows.get(Math.min(runs++, windows.size() - 1));
        double penalty = new Update(order.model(), order.compile().optimizer()).penalty(state);
        Totals totals = new Totals(names.metrics());
        evaluation.run(state.weights(), window, isWatched, (step, sums) -> {
            if (sums.samples() > 0) {
                callbacks.forEach(callback -> callback.onTestBatchBegin(step, new LinkedHashMap<>()));
                totals.add(sums.samples(), sums.reducedLoss() + penalty, sums.metrics());
                Map<String, Double> logs = names.ordered(totals.logs());
                callbacks.forEach(callback -> callback.onTestBatchEnd(step, logs));
            }
        });
        Map<String, Double> logs = names.ordered(totals.logs());
        callbacks.forEach(callback -> callback.onTestEnd(logs));
        return logs;
    }

    @Override
    public void close() {
        evaluation.close();
    }
}
