package org.lockstep.driver;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lockstep.callbacks.Callback;
import org.lockstep.callbacks.CallbackList;
import org.lockstep.callbacks.FittedModel;
import org.lockstep.callbacks.History;
import org.lockstep.callbacks.ProgbarLogger;
import org.lockstep.callbacks.RunParams;

/** The callbacks of one fit in Keras's order: the user's, the history, the progress bar. */
final class RunCallbacks {

    private static final String RAN_OUT =
            "Your input ran out of data; interrupting training. Make sure that your dataset"
                    + " or generator can generate at least `steps_per_epoch * epochs` batches. You may need to use the `.repeat()`"
                    + " function when building your dataset.";

    private final List<Callback> users;
    private final List<Callback> own;
    private final CallbackList all;
    private final History history;
    private final LogNames names;

    RunCallbacks(List<Callback> given, Optional<Callback> console, LogNames names) {
        this.names = names;
        this.users = List.copyOf(given);
        this.own = new ArrayList<>();
        this.history = users.stream()
                .filter(History.class::isInstance)
                .map(History.class::cast)
                .findFirst()
                .orElseGet(History::new);
        if (!users.contains(history)) {
            own.add(history);
        }
        if (users.stream().noneMatch(ProgbarLogger.class::isInstance)) {
            console.ifPresent(own::add);
        }
        List<Callback> both = new ArrayList<>(users);
        both.addAll(own);
        this.all = new CallbackList(both);
    }

    CallbackList list() {
        return all;
    }

    History history() {
        return history;
    }

    /** Introduces the model and the run to all. */
    void introduce(FittedModel model, RunParams params) {
        all.forEach(callback -> {
            callback.setParams(params);
            callback.setModel(model);
        });
    }

    void trainBegin() {
        all.forEach(callback -> callback.onTrainBegin(new LinkedHashMap<>()));
    }

    void epochBegin(int epoch) {
        all.forEach(callback -> callback.onEpochBegin(epoch, new LinkedHashMap<>()));
    }

    void epochEnd(int epoch, Map<String, Double> logs) {
        all.forEach(users, callback -> callback.onEpochEnd(epoch, logs));
        names.rename(logs);
        all.forEach(own, callback -> callback.onEpochEnd(epoch, logs));
    }

    void trainEnd(Map<String, Double> logs) {
        Map<String, Double> last = new LinkedHashMap<>(logs);
        all.forEach(callback -> callback.onTrainEnd(last));
    }

    /** Says Keras's words. */
    void warnRanOut() {
        warn(RAN_OUT);
    }

    /** Warns on the log and in the history. */
    void warn(String warning) {
        history.warned(warning);
        Console.warn(warning);
    }
}
