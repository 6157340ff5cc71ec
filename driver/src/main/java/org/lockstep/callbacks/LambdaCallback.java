package org.lockstep.callbacks;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A callback made of functions, as Keras 3's. Workers wait for it at each step only where it has a function for training
 * batches.
 */
public final class LambdaCallback extends Callback {

    /** Told of an epoch or a batch. */
    @FunctionalInterface
    public interface Hook {

        /**
         * Hears of it.
         *
         * @param index of the epoch or of the batch, 0-based
         */
        void call(int index, Map<String, Double> logs);
    }

    private enum Event {
        TRAIN_BEGIN,
        TRAIN_END,
        EPOCH_BEGIN,
        EPOCH_END,
        TRAIN_BATCH_BEGIN,
        TRAIN_BATCH_END,
        BATCH_BEGIN,
        BATCH_END,
        TEST_BEGIN,
        TEST_END,
        TEST_BATCH_BEGIN,
        TEST_BATCH_END,
        PREDICT_BEGIN,
        PREDICT_END,
        PREDICT_BATCH_BEGIN,
        PREDICT_BATCH_END
    }

    private final Map<Event, Hook> hooks = new EnumMap<>(Event.class);

    private LambdaCallback() {}

    /** Does nothing yet. */
    public static LambdaCallback of() {
        return new LambdaCallback();
    }

    private LambdaCallback with(Event event, Hook hook) {
        hooks.put(event, hook);
        return this;
    }

    private LambdaCallback with(Event event, Consumer<Map<String, Double>> hook) {
        return with(event, (index, logs) -> hook.accept(logs));
    }

    private void call(Event event, int index, Map<String, Double> logs) {
        Hook hook = hooks.get(event);
        if (hook != null) {
            hook.call(index, logs);
        }
    }

    @Override
    public boolean isSynchronous() {
        return hooks.keySet().stream()
                .anyMatch(event ->
                        event.compareTo(Event.TRAIN_BATCH_BEGIN) >= 0 && event.compareTo(Event.BATCH_END) <= 0);
    }

    public LambdaCallback onTrainBegin(Consumer<Map<String, Double>> hook) {
        return with(Event.TRAIN_BEGIN, hook);
    }

    @Override
    public void onTrainBegin(Map<String, Double> logs) {
        call(Event.TRAIN_BEGIN, 0, logs);
    }

    public LambdaCallback onTrainEnd(Consumer<Map<String, Double>> hook) {
        return with(Event.TRAIN_END, hook);
    }

    @Override
    public void onTrainEnd(Map<String, Double> logs) {
        call(Event.TRAIN_END, 0, logs);
    }

    public LambdaCallback onTestBegin(Consumer<Map<String, Double>> hook) {
        return with(Event.TEST_BEGIN, hook);
    }

    @Override
    public void onTestBegin(Map<String, Double> logs) {
        call(Event.TEST_BEGIN, 0, logs);
    }

    public LambdaCallback onTestEnd(Consumer<Map<String, Double>> hook) {
        return with(Event.TEST_END, hook);
    }

    @Override
    public void onTestEnd(Map<String, Double> logs) {
        call(Event.TEST_END, 0, logs);
    }

    public LambdaCallback onPredictBegin(Consumer<Map<String, Double>> hook) {
        return with(Event.PREDICT_BEGIN, hook);
    }

    @Override
    public void onPredictBegin(Map<String, Double> logs) {
        call(Event.PREDICT_BEGIN, 0, logs);
    }

    public LambdaCallback onPredictEnd(Consumer<Map<String, Double>> hook) {
        return with(Event.PREDICT_END, hook);
    }

    @Override
    public void onPredictEnd(Map<String, Double> logs) {
        call(Event.PREDICT_END, 0, logs);
    }

    public LambdaCallback onEpochBegin(Hook hook) {
        return with(Event.EPOCH_BEGIN, hook);
    }

    @Override
    public void onEpochBegin(int epoch, Map<String, Double> logs) {
        call(Event.EPOCH_BEGIN, epoch, logs);
    }

    public LambdaCallback onEpochEnd(Hook hook) {
        return with(Event.EPOCH_END, hook);
    }

    @Override
    public void onEpochEnd(int epoch, Map<String, Double> logs) {
        call(Event.EPOCH_END, epoch, logs);
    }

    public LambdaCallback onTrainBatchBegin(Hook hook) {
        return with(Event.TRAIN_BATCH_BEGIN, hook);
    }

    @Override
    public void onTrainBatchBegin(int batch, Map<String, Double> logs) {
        if (hooks.containsKey(Event.TRAIN_BATCH_BEGIN)) {
            call(Event.TRAIN_BATCH_BEGIN, batch, logs);
        } else {
            super.onTrainBatchBegin(batch, logs);
        }
    }

    public LambdaCallback onTrainBatchEnd(Hook hook) {
        return with(Event.TRAIN_BATCH_END, hook);
    }

    @Override
    public void onTrainBatchEnd(int batch, Map<String, Double> logs) {
        if (hooks.containsKey(Event.TRAIN_BATCH_END)) {
            call(Event.TRAIN_BATCH_END, batch, logs);
        } else {
            super.onTrainBatchEnd(batch, logs);
        }
    }

    public LambdaCallback onBatchBegin(Hook hook) {
        return with(Event.BATCH_BEGIN, hook);
    }

    @Override
    public void onBatchBegin(int batch, Map<String, Double> logs) {
        call(Event.BATCH_BEGIN, batch, logs);
    }

    public LambdaCallback onBatchEnd(Hook hook) {
        return with(Event.BATCH_END, hook);
    }

    @Override
    public void onBatchEnd(int batch, Map<String, Double> logs) {
        call(Event.BATCH_END, batch, logs);
    }

    public LambdaCallback onTestBatchBegin(Hook hook) {
        return with(Event.TEST_BATCH_BEGIN, hook);
    }

    @Override
    public void onTestBatchBegin(int batch, Map<String, Double> logs) {
        call(Event.TEST_BATCH_BEGIN, batch, logs);
    }

    public LambdaCallback onTestBatchEnd(Hook hook) {
        return with(Event.TEST_BATCH_END, hook);
    }

    @Override
    public void onTestBatchEnd(int batch, Map<String, Double> logs) {
        call(Event.TEST_BATCH_END, batch, logs);
    }

    public LambdaCallback onPredictBatchBegin(Hook hook) {
        return with(Event.PREDICT_BATCH_BEGIN, hook);
    }

    @Override
    public void onPredictBatchBegin(int batch, Map<String, Double> logs) {
        call(Event.PREDICT_BATCH_BEGIN, batch, logs);
    }

    public LambdaCallback onPredictBatchEnd(Hook hook) {
        return with(Event.PREDICT_BATCH_END, hook);
    }

    @Override
    public void onPredictBatchEnd(int batch, Map<String, Double> logs) {
        call(Event.PREDICT_BATCH_END, batch, logs);
    }
}
