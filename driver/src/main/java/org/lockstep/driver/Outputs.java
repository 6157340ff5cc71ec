package org.lockstep.driver;

import java.util.LinkedHashMap;
import java.util.List;
import org.lockstep.callbacks.Callback;
import org.lockstep.callbacks.CallbackList;
import org.lockstep.callbacks.RunParams;
import org.lockstep.conf.Verbose;
import org.lockstep.data.Tensor;
import org.lockstep.driver.launch.Prediction;
import org.lockstep.driver.plan.Version;
import org.lockstep.executor.worker.RunOrder;

/** One call of {@code predict}: its job and its callbacks. */
final class Outputs {

    private final SparkModel model;
    private final RunOrder order;
    private final Verbose verbose;
    private final List<Callback> callbacks;

    Outputs(SparkModel model, RunOrder order, Verbose verbose, List<Callback> callbacks) {
        this.model = model;
        this.order = order;
        this.verbose = verbose;
        this.callbacks = callbacks;
    }

    Tensor of(Tensor x) {
        LogNames names = new LogNames(List.of(), Version.KERAS3);
        RunCallbacks events = new RunCallbacks(callbacks, Console.of(verbose, model.spark()), names);
        int steps = -Math.floorDiv(-x.dimension(0), order.batches().batchSize());
        events.introduce(model, new RunParams(verbose, 1, steps));
        CallbackList list = events.list();
        try (Prediction prediction =
                new Prediction(model.spark(), order, model.live().weights())) {
            list.forEach(callback -> callback.onPredictBegin(new LinkedHashMap<>()));
            Tensor outputs = prediction.run(x, verbose.isBar(), batch -> {
                list.forEach(callback -> callback.onPredictBatchBegin(batch, new LinkedHashMap<>()));
                list.forEach(callback -> callback.onPredictBatchEnd(batch, new LinkedHashMap<>()));
            });
            list.forEach(callback -> callback.onPredictEnd(new LinkedHashMap<>()));
            return outputs;
        }
    }
}
