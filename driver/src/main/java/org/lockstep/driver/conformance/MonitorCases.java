package org.lockstep.driver.conformance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lockstep.callbacks.Callback;
import org.lockstep.callbacks.EarlyStopping;
import org.lockstep.callbacks.ModelCheckpoint;
import org.lockstep.callbacks.ReduceLROnPlateau;
import org.lockstep.callbacks.RunParams;
import org.lockstep.conf.Verbose;

/** Callbacks that watch a log, told of epochs with its values. */
final class MonitorCases {

    private MonitorCases() {}

    static void earlyStopping(Case given, Check check) {
        Fields config = given.config();
        EarlyStopping stopping = EarlyStopping.of()
                .monitor(monitor(config))
                .mode(mode(config))
                .minDelta(number(config, "min_delta", 0))
                .patience((int) number(config, "patience", 0))
                .baseline(config.given("baseline") ? (Double) config.number("baseline") : null)
                .startFromEpoch((int) number(config, "start_from_epoch", 0))
                .restoreBestWeights(config.flag("restore_best_weights", false))
                .verbose((int) number(config, "verbose", 0));
        EpochModel model = new EpochModel();
        List<Double> rates = run(stopping, model, given);
        check.value("stopped_epoch", model.isStopped() ? stopping.stoppedEpoch() : null);
        check.value("epochs_run", rates.size());
        check.value("best_epoch", stopping.bestEpoch());
        check.value("restored_epoch", model.restored());
    }

    static void reduceLearningRate(Case given, Check check) {
        Fields config = given.config();
        ReduceLROnPlateau plateau = ReduceLROnPlateau.of()
                .monitor(monitor(config))
                .mode(mode(config))
                .factor(number(config, "factor", 0.1))
                .patience((int) number(config, "patience", 10))
                .minDelta(number(config, "min_delta", 1e-4))
                .cooldown((int) number(config, "cooldown", 0))
                .minLr(number(config, "min_lr", 0))
                .verbose((int) number(config, "verbose", 0));
        EpochModel model = new EpochModel();
        model.learningRate(number(config, "initial_lr", 0.001));
        List<Double> rates = run(plateau, model, given);
        check.numbers(
                "lr_after_epoch",
                new Numbers(
                        new int[] {rates.size()},
                        rates.stream().mapToDouble(Double::doubleValue).toArray()));
    }

    static void saveBest(Case given, Check check) {
        Fields config = given.config();
        boolean weightsOnly = config.flag("save_weights_only", false);
        String absent = weightsOnly ? "m.weights.h5" : "m.keras";
        if (config.given("save_freq") && !"epoch".equals(config.value("save_freq"))) {
            check.that(false, "not supported yet: `save_freq` in batches, of a case that has only epochs");
        }
        ModelCheckpoint checkpoint = ModelCheckpoint.of(config.given("filepath") ? config.text("filepath") : absent)
                .monitor(monitor(config))
                .mode(mode(config))
                .saveBestOnly(config.flag("save_best_only", false))
                .saveWeightsOnly(weightsOnly)
                .initialValueThreshold(
                        config.given("initial_value_threshold")
                                ? (Double) config.number("initial_value_threshold")
                                : null)
                .verbose((int) number(config, "verbose", 0));
        EpochModel model = new EpochModel();
        run(checkpoint, model, given);
        check.value("saved_epochs", model.saved());
    }

    /** Epochs until the callback stops them; the learning rates behind each. */
    private static List<Double> run(Callback callback, EpochModel model, Case given) {
        List<?> values = given.inputs().list("monitor_values");
        callback.setParams(new RunParams(Verbose.SILENT, Math.max(1, values.size()), 1));
        callback.setModel(model);
        callback.onTrainBegin(new LinkedHashMap<>());
        List<Double> rates = new ArrayList<>();
        for (int epoch = 0; epoch < values.size() && !model.isStopped(); epoch++) {
            model.epoch(epoch);
            Map<String, Double> logs = new LinkedHashMap<>();
            Object value = values.get(epoch);
            if (value != null) {
                logs.put(monitor(given.config()), Plain.number("monitor_values", value));
            }
            callback.onEpochBegin(epoch, new LinkedHashMap<>());
            callback.onEpochEnd(epoch, logs);
            rates.add(model.learningRate());
        }
        callback.onTrainEnd(new LinkedHashMap<>());
        return rates;
    }

    private static String monitor(Fields config) {
        return config.given("monitor") ? config.text("monitor") : "val_loss";
    }

    private static String mode(Fields config) {
        return config.given("mode") ? config.text("mode") : "auto";
    }

    private static double number(Fields config, String name, double absent) {
        return config.given(name) ? config.number(name) : absent;
    }
}
