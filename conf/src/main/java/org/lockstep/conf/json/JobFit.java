package org.lockstep.conf.json;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.lockstep.conf.CrashPolicy;
import org.lockstep.conf.FitConf;
import org.lockstep.conf.Verbose;

/** The section {@code fit} of a job file: the arguments of {@code fit} and {@code fit_generator}. */
final class JobFit {

    private JobFit() {}

    static FitConf of(Arguments a) {
        FitConf fit = FitConf.of();
        fit = a.setUnlessNull(fit, "batch_size", Value::integer, FitConf::batchSize);
        fit = a.set(fit, "epochs", Value::integer, FitConf::epochs);
        fit = a.set(fit, "initial_epoch", Value::integer, FitConf::initialEpoch);
        fit = a.setUnlessNull(fit, "steps_per_epoch", Value::integer, FitConf::stepsPerEpoch);
        fit = a.set(fit, "shuffle", Value::flag, FitConf::shuffle);
        fit = a.set(fit, "verbose", (name, value) -> Verbose.of(value), FitConf::verbose);
        fit = a.setUnlessNull(fit, "class_weight", JobFit::classWeight, FitConf::classWeight);
        fit = a.set(fit, "validation_split", Value::number, FitConf::validationSplit);
        fit = a.setUnlessNull(fit, "validation_steps", Value::integer, FitConf::validationSteps);
        fit = a.setUnlessNull(fit, "validation_batch_size", Value::integer, FitConf::validationBatchSize);
        fit = a.setUnlessNull(
                fit, "validation_freq", (name, value) -> Objects.requireNonNull(value), JobFit::frequency);
        fit = a.set(fit, "max_queue_size", Value::integer, FitConf::maxQueueSize);
        fit = a.set(fit, "workers", Value::integer, FitConf::workers);
        fit = a.set(fit, "use_multiprocessing", Value::flag, FitConf::useMultiprocessing);
        fit = a.set(
                fit,
                "on_child_crash",
                (name, value) -> Value.choice(name, value, CrashPolicy.values()),
                FitConf::onChildCrash);
        fit = a.set(fit, "seed", Value::wide, FitConf::seed);
        a.end();
        return fit;
    }

    private static FitConf frequency(FitConf fit, Object value) {
        if (value instanceof List<?> list) {
            return fit.validationFreq(list.stream()
                    .map(item -> Value.integer("validation_freq", item))
                    .toList());
        }
        return fit.validationFreq(Value.integer("validation_freq", value));
    }

    private static Map<Integer, Double> classWeight(String name, @Nullable Object value) {
        Map<Integer, Double> weights = new LinkedHashMap<>();
        Plain.object(name, value)
                .forEach((key, weight) -> weights.put(classNumber(name, key), Value.number(name, weight)));
        return weights;
    }

    private static int classNumber(String name, String key) {
        if (!key.matches("\\d{1,9}")) {
            throw Value.wrong(name, "a dictionary of class numbers to weights", key);
        }
        return Integer.parseInt(key);
    }
}
