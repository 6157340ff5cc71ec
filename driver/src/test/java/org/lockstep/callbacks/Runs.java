package org.lockstep.callbacks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lockstep.conf.Verbose;
import org.lockstep.conf.json.Json;

/** Runs of one callback without training: each epoch's weight is its index. */
final class Runs {

    static final RunParams PARAMS = new RunParams(Verbose.SILENT, 100, 3);

    private Runs() {}

    static <C extends Callback> C begun(C callback, FittedModel model) {
        callback.setParams(PARAMS);
        callback.setModel(model);
        callback.onTrainBegin(new LinkedHashMap<>());
        return callback;
    }

    static Map<String, Double> epoch(Callback callback, int epoch, Map<String, Double> logs) {
        Map<String, Double> shared = new LinkedHashMap<>(logs);
        callback.onEpochBegin(epoch, new LinkedHashMap<>());
        callback.onEpochEnd(epoch, shared);
        return shared;
    }

    /** Epochs from one to another, as long as nothing stops them. */
    static void epochs(Callback callback, RecordedModel model, String log, double[] values, int from, int to) {
        for (int epoch = from; epoch < to && !model.isStopped(); epoch++) {
            model.weight = epoch;
            epoch(callback, epoch, Map.of(log, values[epoch]));
        }
    }

    /** A state as a file would keep it; tensors stay. */
    static Map<String, Object> stored(Map<String, Object> state) {
        Map<String, Object> stored = new LinkedHashMap<>();
        state.forEach((name, value) -> stored.put(
                name,
                name.equals(EarlyStopping.BEST_WEIGHTS)
                        ? value
                        : List.of(Json.parse(Json.write(List.of(value))) instanceof List<?> list ? list.get(0) : 0)
                                .get(0)));
        return stored;
    }
}
