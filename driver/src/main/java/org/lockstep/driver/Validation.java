package org.lockstep.driver;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lockstep.callbacks.CallbackList;
import org.lockstep.data.Window;
import org.lockstep.driver.launch.Evaluation;
import org.lockstep.executor.TrainState;
import org.lockstep.executor.optimizer.Update;
import org.lockstep.executor.step.BatchSums;
import org.lockstep.executor.worker.RunOrder;
import org.lockstep.report.Totals;

/** Loss and metrics of held-out data as Keras logs them, again and again; the loss includes the weights' penalties. */
final class Validation implements AutoCloseable {

    private final Evaluation evaluation;
    private final LogNames names;
    private int runs;

    Validation(Evaluation evaluation, LogNames names) {
        this.evaluation = evaluation;
        this.names = names;
    }

    /** Counts an evaluation that was done before the training was resumed. */
    void skip() {
        runs++;
    }

    /** The logs of the next evaluation; callbacks hear of its batches when it is over. */
    Map<String, Double> run(TrainState state, CallbackList callbacks) {
        callbacks.forEach(callback -> callback.onTestBegin(new LinkedHashMap<>()));
        RunOrder order = evaluation.order();
        List<Window> windows = order.windows();
        Window window = windows.get(Math.min(runs++, windows.size() - 1));
        List<BatchSums> steps = evaluation.run(weights(state), window);
        double penalty = new Update(order.model(), order.compile().optimizer()).penalty(state);
        Totals totals = new Totals(names.metrics());
        for (int i = 0; i < steps.size(); i++) {
            BatchSums sums = steps.get(i);
            if (sums.samples() > 0) {
                int step = i;
                callbacks.forEach(callback -> callback.onTestBatchBegin(step, new LinkedHashMap<>()));
                totals.add(sums.samples(), sums.loss() / sums.samples() + penalty, sums.metrics());
                Map<String, Double> logs = names.ordered(totals.logs());
                callbacks.forEach(callback -> callback.onTestBatchEnd(step, logs));
            }
        }
        Map<String, Double> logs = names.ordered(totals.logs());
        callbacks.forEach(callback -> callback.onTestEnd(logs));
        return logs;
    }

    /** A copy of a state's weights, to be broadcast. */
    static float[] weights(TrainState state) {
        float[] weights = new float[state.weights().capacity()];
        state.weights().get(0, weights);
        return weights;
    }

    @Override
    public void close() {
        evaluation.close();
    }
}
