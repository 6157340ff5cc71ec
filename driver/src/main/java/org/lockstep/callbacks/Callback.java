package org.lockstep.callbacks;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Hears of a run's events, on the driver, in the thread that called {@code fit}, in this order:
 *
 * <pre>
 * setParams, setModel, onTrainBegin
 *   for each epoch: onEpochBegin
 *     for each step: onTrainBatchBegin, onTrainBatchEnd
 *     validation:    onTestBegin, for each step onTestBatchBegin, onTestBatchEnd, then onTestEnd
 *   onEpochEnd
 * onTrainEnd
 * </pre>
 *
 * <p>Epochs and batches count from 0, batches anew in each epoch; a batch is an update. All callbacks of an event share one
 * map of logs, which they may change. The batches of a validation are told of when it is over. A hook that throws ends the
 * fit, after the model's state is safe.
 */
public abstract class Callback {

    private @Nullable FittedModel model;
    private @Nullable RunParams params;

    /** The model in training. */
    protected final FittedModel model() {
        if (model == null) {
            throw new IllegalStateException(getClass().getSimpleName() + " has no model before training begins");
        }
        return model;
    }

    /** What is known of the run from its start. */
    public final RunParams params() {
        if (params == null) {
            throw new IllegalStateException(getClass().getSimpleName() + " has no params before training begins");
        }
        return params;
    }

    public void setModel(FittedModel value) {
        model = value;
    }

    public void setParams(RunParams value) {
        params = value;
    }

    public void onTrainBegin(Map<String, Double> logs) {}

    /** Told with the logs of the last epoch; empty where none ran. */
    public void onTrainEnd(Map<String, Double> logs) {}

    public void onEpochBegin(int epoch, Map<String, Double> logs) {}

    /** Told with the epoch's logs, validation included. */
    public void onEpochEnd(int epoch, Map<String, Double> logs) {}

    /** Calls {@link #onBatchBegin}, its other name. */
    public void onTrainBatchBegin(int batch, Map<String, Double> logs) {
        onBatchBegin(batch, logs);
    }

    /** Told with the epoch's running values. Calls {@link #onBatchEnd}, its other name. */
    public void onTrainBatchEnd(int batch, Map<String, Double> logs) {
        onBatchEnd(batch, logs);
    }

    public void onBatchBegin(int batch, Map<String, Double> logs) {}

    public void onBatchEnd(int batch, Map<String, Double> logs) {}

    public void onTestBegin(Map<String, Double> logs) {}

    public void onTestEnd(Map<String, Double> logs) {}

    public void onTestBatchBegin(int batch, Map<String, Double> logs) {}

    public void onTestBatchEnd(int batch, Map<String, Double> logs) {}

    public void onPredictBegin(Map<String, Double> logs) {}

    public void onPredictEnd(Map<String, Double> logs) {}

    public void onPredictBatchBegin(int batch, Map<String, Double> logs) {}

    public void onPredictBatchEnd(int batch, Map<String, Double> logs) {}

    /**
     * Whether workers wait after each step until this callback has heard of it, so that it finds the model at exactly that
     * step, and can change or stop it there. True where the class overrides a hook of training batches; a callback that
     * only watches them overrides this.
     */
    public boolean isSynchronous() {
        return overrides("onTrainBatchBegin")
                || overrides("onTrainBatchEnd")
                || overrides("onBatchBegin")
                || overrides("onBatchEnd");
    }

    /**
     * Whether a step whose loss or gradient is not finite is told of with a loss of NaN, for this callback to stop training,
     * and does not fail the fit.
     */
    public boolean takesNonFinite() {
        return false;
    }

    private boolean overrides(String hook) {
        try {
            return getClass().getMethod(hook, int.class, Map.class).getDeclaringClass() != Callback.class;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("No hook " + hook, e);
        }
    }

    /**
     * What a resumed run needs to decide as this one would: numbers, strings, booleans, and lists and maps of them. Empty
     * where the callback has no memory.
     */
    public Map<String, Object> state() {
        return Map.of();
    }

    /** Takes back what {@link #state} gave; called after {@link #onTrainBegin}. */
    public void restore(Map<String, Object> state) {}
}
