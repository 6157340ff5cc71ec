package org.lockstep.driver.conformance;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.lockstep.callbacks.Callback;
import org.lockstep.conf.ClusterConf;
import org.lockstep.conf.FitConf;
import org.lockstep.conf.Verbose;
import org.lockstep.data.Tensor;
import org.lockstep.data.array.ArraySource;
import org.lockstep.driver.SparkModel;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Input;
import org.lockstep.model.Sequential;

/** The hooks of a small fit on Spark, as a user's callback hears of them, and who hears of an epoch's end after whom. */
final class CallbackOrderCases implements Runner {

    private final Function<Sequential, SparkModel> onSpark;

    CallbackOrderCases(Function<Sequential, SparkModel> onSpark) {
        this.onSpark = onSpark;
    }

    @Override
    public void run(Case given, Check check) {
        Fields config = given.config();
        SparkModel model = onSpark.apply(Sequential.of(Input.of(1), Dense.of(1)))
                .on(ClusterConf.of().shards(1))
                .compile("sgd", "mse");
        FitConf fit = FitConf.of()
                .batchSize(1)
                .epochs(config.integer("epochs"))
                .initialEpoch(config.given("initial_epoch") ? config.integer("initial_epoch") : 0)
                .verbose(Verbose.LINE_PER_EPOCH);
        List<String> events = new ArrayList<>();
        List<String> order = new ArrayList<>();
        List<Callback> callbacks =
                List.of(new HookRecorder(events, order, "first"), new HookRecorder(new ArrayList<>(), order, "second"));
        PrintStream out = System.out;
        System.setOut(new PrintStream(new Listener(out, model, order), true, StandardCharsets.UTF_8));
        try {
            fit(given, model, fit, callbacks.toArray(new Callback[0]));
        } finally {
            System.setOut(out);
        }
        check.value("events", events);
        boolean inOrder = order.subList(0, Math.min(4, order.size()))
                .equals(List.of("first", "second", "History", "ProgbarLogger"));
        check.value(
                "list_order", inOrder ? List.of("user callbacks in given order", "History", "ProgbarLogger") : order);
    }

    private static void fit(Case given, SparkModel model, FitConf fit, Callback... callbacks) {
        Fields config = given.config();
        ArraySource data = samples(config.integer("steps_per_epoch"));
        ArraySource held = config.given("validation_steps") ? samples(config.integer("validation_steps")) : null;
        if (given.isOfTfKeras()) {
            model.fitGenerator(data, fit, held, callbacks);
        } else {
            model.fit(data, fit, held, callbacks);
        }
    }

    private static ArraySource samples(int count) {
        return ArraySource.of(Tensor.zeros(count, 1), Tensor.zeros(count, 1));
    }

    /** The standard output, swallowed: what comes first after an epoch's end is the progress bar's. */
    private static final class Listener extends FilterOutputStream {

        private final SparkModel model;
        private final List<String> order;

        Listener(OutputStream out, SparkModel model, List<String> order) {
            super(out);
            this.model = model;
            this.order = order;
        }

        @Override
        public void write(int b) throws IOException {
            boolean isAfterEpoch = !order.isEmpty() && !order.contains("ProgbarLogger");
            if (isAfterEpoch
                    && model.history() != null
                    && !model.history().epoch().isEmpty()) {
                order.add("History");
            }
            if (isAfterEpoch) {
                order.add("ProgbarLogger");
            }
        }
    }

    /** Notes every hook, and its own name at an epoch's end. */
    private static final class HookRecorder extends Callback {

        private final List<String> events;
        private final List<String> order;
        private final String name;

        HookRecorder(List<String> events, List<String> order, String name) {
            this.events = events;
            this.order = order;
            this.name = name;
        }

        @Override
        public void onTrainBegin(Map<String, Double> logs) {
            add("on_train_begin", null);
        }

        @Override
        public void onTrainEnd(Map<String, Double> logs) {
            add("on_train_end", null);
        }

        @Override
        public void onEpochBegin(int epoch, Map<String, Double> logs) {
            add("on_epoch_begin", epoch);
        }

        @Override
        public void onEpochEnd(int epoch, Map<String, Double> logs) {
            add("on_epoch_end", epoch);
            order.add(name);
        }

        @Override
        public void onTrainBatchBegin(int batch, Map<String, Double> logs) {
            add("on_train_batch_begin", batch);
        }

        @Override
        public void onTrainBatchEnd(int batch, Map<String, Double> logs) {
            add("on_train_batch_end", batch);
        }

        @Override
        public void onTestBegin(Map<String, Double> logs) {
            add("on_test_begin", null);
        }

        @Override
        public void onTestEnd(Map<String, Double> logs) {
            add("on_test_end", null);
        }

        @Override
        public void onTestBatchBegin(int batch, Map<String, Double> logs) {
            add("on_test_batch_begin", batch);
        }

        @Override
        public void onTestBatchEnd(int batch, Map<String, Double> logs) {
            add("on_test_batch_end", batch);
        }

        private void add(String hook, @Nullable Integer index) {
            events.add(index == null ? hook : hook + ":" + index);
        }
    }
}
