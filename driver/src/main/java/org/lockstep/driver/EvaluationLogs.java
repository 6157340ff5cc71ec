package org.lockstep.driver;

import java.util.List;
import java.util.Map;
import org.lockstep.driver.launch.Evaluation;
import org.lockstep.executor.TrainState;
import org.lockstep.executor.optimizer.Update;
import org.lockstep.executor.step.BatchSums;
import org.lockstep.executor.worker.RunOrder;
import org.lockstep.report.Totals;

/** Loss and metrics of held-out data as Keras logs them: the loss includes the weights' penalties. */
final class EvaluationLogs {

    private EvaluationLogs() {}

    static Map<String, Double> of(Evaluation evaluation, RunOrder order, TrainState state, List<String> metricNames) {
        BatchSums sums = evaluation.run(weights(state));
        double penalty = new Update(order.model(), order.compile().optimizer()).penalty(state);
        Totals totals = new Totals(metricNames);
        totals.add(sums.samples(), sums.loss() / sums.samples() + penalty, sums.metrics());
        return totals.logs();
    }

    /** A copy of a state's weights, to be broadcast. */
    static float[] weights(TrainState state) {
        float[] weights = new float[state.weights().capacity()];
        state.weights().get(0, weights);
        return weights;
    }
}
