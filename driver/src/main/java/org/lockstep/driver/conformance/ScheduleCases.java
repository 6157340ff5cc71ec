package org.lockstep.driver.conformance;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.lockstep.callbacks.Callback;
import org.lockstep.callbacks.History;
import org.lockstep.conf.ClusterConf;
import org.lockstep.conf.CompileConf;
import org.lockstep.conf.FitConf;
import org.lockstep.conf.Verbose;
import org.lockstep.data.Batch;
import org.lockstep.data.BatchGenerator;
import org.lockstep.data.Sequence;
import org.lockstep.data.Tensor;
import org.lockstep.data.TrainingData;
import org.lockstep.driver.SparkModel;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Input;
import org.lockstep.losses.Loss;
import org.lockstep.model.Sequential;
import org.lockstep.optimizers.SGD;

/** Which batches each epoch trains on: batch i has the target i, and a model that stays zero the loss i². */
final class ScheduleCases {

    private final Function<Sequential, SparkModel> onSpark;

    ScheduleCases(Function<Sequential, SparkModel> onSpark) {
        this.onSpark = onSpark;
    }

    void run(Case given, Check check) {
        SparkModel model = onSpark.apply(Sequential.of(
                        Input.of(1), Dense.of(1).kernelInitializer("zeros").useBias(false)))
                .on(ClusterConf.of().shards(1))
                .compile(new CompileConf(SGD.of().learningRate(0.0), Loss.of("mse"), List.of()));
        Seen seen = new Seen();
        History history;
        try {
            history = fit(model, given, seen);
        } catch (IllegalArgumentException e) {
            check.value("error", true);
            given.expected().pass("outcome");
            return;
        }
        check.value("batches", seen.epochs);
        if (given.expected().has("epochs_recorded")) {
            check.value("epochs_recorded", history.epoch());
        }
        check.value("outcome", "completed");
        if (given.expected().given("warning")) {
            String warning = given.expected().text("warning");
            check.that(
                    history.warnings().stream().anyMatch(text -> text.contains(warning)),
                    "no warning contains '%s': %s".formatted(warning, history.warnings()));
        }
    }

    private static History fit(SparkModel model, Case given, Seen seen) {
        Fields config = given.config();
        int length = config.integer("length");
        boolean isGenerator = config.text("source").equals("generator");
        TrainingData data = isGenerator ? BatchGenerator.dealt(new Stream(length)) : new Indices(length);
        FitConf fit = FitConf.of()
                .stepsPerEpoch(
                        config.given("steps_per_epoch") ? Integer.valueOf(config.integer("steps_per_epoch")) : null)
                .epochs(config.integer("epochs"))
                .initialEpoch(config.integer("initial_epoch"))
                .shuffle(config.flag("shuffle", false))
                .verbose(Verbose.SILENT);
        return given.isOfTfKeras() ? model.fitGenerator(data, fit, null, seen) : model.fit(data, fit, seen);
    }

    /** Batches of one sample whose target is their index. */
    private record Indices(int length) implements Sequence {

        @Override
        public Batch get(int index) {
            return batch(index);
        }
    }

    private record Stream(int length) implements BatchGenerator.Stream {

        @Override
        public Iterator<Batch> iterator(long seed, int epoch) {
            return IntStream.range(0, length).mapToObj(ScheduleCases::batch).iterator();
        }
    }

    private static Batch batch(int index) {
        return new Batch(Tensor.zeros(1, 1), Tensor.of(new int[] {1, 1}, index));
    }

    /** Reads the indices off the running means of the losses. */
    private static final class Seen extends Callback {

        private final List<List<Integer>> epochs = new ArrayList<>();
        private double sum;

        @Override
        public void onEpochBegin(int epoch, Map<String, Double> logs) {
            epochs.add(new ArrayList<>());
            sum = 0;
        }

        @Override
        public void onTrainBatchEnd(int batch, Map<String, Double> logs) {
            @Nullable Double mean = logs.get("loss");
            double total = (mean == null ? Double.NaN : mean) * (batch + 1);
            epochs.get(epochs.size() - 1).add((int) Math.round(Math.sqrt(total - sum)));
            sum = total;
        }
    }
}
