package org.lockstep.driver.conformance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.lockstep.callbacks.Callback;
import org.lockstep.callbacks.History;
import org.lockstep.callbacks.LearningRateScheduler;
import org.lockstep.conf.ClusterConf;
import org.lockstep.conf.CompileConf;
import org.lockstep.conf.FitConf;
import org.lockstep.conf.Verbose;
import org.lockstep.conf.json.KerasArguments;
import org.lockstep.data.Tensor;
import org.lockstep.data.array.ArraySource;
import org.lockstep.driver.SparkModel;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Input;
import org.lockstep.metrics.Metric;
import org.lockstep.model.Sequential;
import org.lockstep.model.WeightLayout;

/** Whole trainings on Spark, on one shard. */
final class TrainCases {

    private final Function<Sequential, SparkModel> onSpark;

    TrainCases(Function<Sequential, SparkModel> onSpark) {
        this.onSpark = onSpark;
    }

    void run(Case given, Check check) {
        Fields config = given.config();
        Sequential model = TrainedModel.of(config);
        SparkModel trained = onSpark.apply(model).on(ClusterConf.of().shards(1)).compile(compile(config));
        if (given.inputs().has("initial_weights")) {
            trained.setWeights(weights(model, given.inputs().value("initial_weights")));
        }
        check.that(!config.flag("shuffle", false), "not supported yet: the order of Keras's shuffle");
        FitConf fit = FitConf.of()
                .batchSize(config.integer("batch_size"))
                .epochs(config.integer("epochs"))
                .shuffle(false)
                .verbose(Verbose.SILENT);
        if (config.given("class_weight")) {
            Map<Integer, Double> weights = new LinkedHashMap<>();
            Fields classes = Fields.of("class_weight", config.value("class_weight"));
            classes.names().forEach(name -> weights.put(Integer.valueOf(name), classes.number(name)));
            fit = fit.classWeight(weights);
        }
        StepLosses steps = new StepLosses(
                fit.samplesPerBatch(), given.inputs().numbers("x").rows());
        List<Callback> callbacks = new ArrayList<>(List.of(steps));
        if (config.given("learning_rate_by_epoch")) {
            double[] rates = config.numbers("learning_rate_by_epoch").values();
            callbacks.add(LearningRateScheduler.of(epoch -> rates[epoch]));
        }
        History history =
                trained.fit(source(given.inputs()), fit, heldOut(given.inputs()), callbacks.toArray(new Callback[0]));
        if (given.expected().has("step_losses")) {
            check.numbers("step_losses", steps.losses());
        }
        logs(given.expected(), history, check);
        finalWeights(given.expected(), model, trained.getWeights(), check);
        if (given.expected().has("predictions_after")) {
            check.tensor(
                    "predictions_after",
                    trained.predict(given.inputs().numbers("x").toTensor()));
        }
    }

    private static CompileConf compile(Fields config) {
        return new CompileConf(
                KerasArguments.optimizer(config.value("optimizer")),
                KerasArguments.loss(config.value("loss")),
                metrics(config, "metrics"),
                metrics(config, "weighted_metrics"));
    }

    private static List<Metric> metrics(Fields config, String name) {
        List<Metric> metrics = new ArrayList<>();
        if (config.given(name)) {
            config.list(name).forEach(metric -> metrics.add(KerasArguments.metric(metric)));
        }
        return metrics;
    }

    private static ArraySource source(Fields inputs) {
        Tensor x = inputs.numbers("x").toTensor();
        Tensor y = inputs.numbers("y").toTensor();
        return inputs.has("sample_weight")
                ? ArraySource.of(x, y, inputs.numbers("sample_weight").toTensor())
                : ArraySource.of(x, y);
    }

    private static @Nullable ArraySource heldOut(Fields inputs) {
        return inputs.given("x_val")
                ? ArraySource.of(
                        inputs.numbers("x_val").toTensor(),
                        inputs.numbers("y_val").toTensor())
                : null;
    }

    /** The tensors of layers by name, in the order of the model's variables. */
    private static List<Tensor> weights(Sequential model, @Nullable Object byLayer) {
        return inOrder(model, byLayer).stream().map(Numbers::toTensor).toList();
    }

    private static List<Numbers> inOrder(Sequential model, @Nullable Object byLayer) {
        Fields layers = Fields.of("weights", byLayer);
        Map<String, Integer> next = new LinkedHashMap<>();
        List<Numbers> ordered = new ArrayList<>();
        for (WeightLayout.Slot slot : model.layout().slots()) {
            int index = next.merge(slot.layerName(), 1, Integer::sum) - 1;
            ordered.add(layers.tensors(slot.layerName()).get(index));
        }
        return ordered;
    }

    private static void logs(Fields expected, History history, Check check) {
        if (!expected.has("epoch_logs")) {
            return;
        }
        int epoch = 0;
        for (Object entry : expected.list("epoch_logs")) {
            Fields logs = Fields.of("epoch_logs", entry);
            for (String name : logs.names()) {
                double actual = history.get(name).get(epoch);
                check.close("epoch %d's %s".formatted(epoch, name), logs.number(name), actual);
            }
            epoch++;
        }
    }

    private static void finalWeights(Fields expected, Sequential model, List<Tensor> actual, Check check) {
        if (!expected.has("final_weights")) {
            return;
        }
        List<Numbers> wanted = inOrder(model, expected.value("final_weights"));
        for (int i = 0; i < wanted.size(); i++) {
            String path = model.layout().slots().get(i).path();
            check.close(path, wanted.get(i), Numbers.of(actual.get(i)));
        }
    }

    /** The names of a fit's logs. */
    void historyKeys(Case given, Check check) {
        Fields config = given.config();
        CompileConf sgd = CompileConf.of("sgd", "mse");
        SparkModel model = onSpark.apply(Sequential.of(Input.of(2), Dense.of(1)))
                .on(ClusterConf.of().shards(1))
                .compile(new CompileConf(
                        sgd.optimizer(), sgd.loss(), metrics(config, "metrics"), metrics(config, "weighted_metrics")));
        ArraySource data = ArraySource.of(Tensor.zeros(2, 2), Tensor.zeros(2, 1));
        ArraySource held = config.flag("validation", false) ? data : null;
        FitConf fit = FitConf.of().verbose(Verbose.SILENT);
        History history = given.isOfTfKeras() ? model.fitGenerator(data, fit, held) : model.fit(data, fit, held);
        check.value("keys", List.copyOf(history.history().keySet()));
    }
}
