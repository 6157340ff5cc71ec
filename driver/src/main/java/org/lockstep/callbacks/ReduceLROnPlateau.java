package org.lockstep.callbacks;

import java.util.Map;
import org.lockstep.callbacks.python.PythonFloat;

/**
 * Lowers the learning rate when a log has stopped improving, as Keras 3's. Adds {@code learning_rate} to the epoch's logs:
 * the one that the epoch was trained with.
 */
public final class ReduceLROnPlateau extends Callback {

    private final Monitored monitored = new Monitored("ReduceLROnPlateau", 1e-4);
    private double factor = 0.1;
    private int patience = 10;
    private int verbose;
    private int cooldown;
    private double minLr;

    private int wait;
    private int cooldownCounter;

    private ReduceLROnPlateau() {}

    /** Watches {@code val_loss}: a tenth of the rate after 10 epochs. */
    public static ReduceLROnPlateau of() {
        return new ReduceLROnPlateau();
    }

    /** The log to watch. Default {@code val_loss}. */
    public ReduceLROnPlateau monitor(String value) {
        monitored.name(value);
        return this;
    }

    /** What the rate is multiplied with, below 1. Default 0.1. */
    public ReduceLROnPlateau factor(double value) {
        if (value >= 1) {
            throw new IllegalArgumentException(
                    "ReduceLROnPlateau does not support a factor >= 1.0. Received factor=" + PythonFloat.repr(value));
        }
        factor = value;
        return this;
    }

    /** Epochs without improvement after which the rate is lowered. Default 10. */
    public ReduceLROnPlateau patience(int value) {
        patience = value;
        return this;
    }

    /** 0 is silent, 1 prints. Default 0. */
    public ReduceLROnPlateau verbose(int value) {
        verbose = value;
        return this;
    }

    /** {@code min}, {@code max} or {@code auto}, where the log's name decides. Default {@code auto}. */
    public ReduceLROnPlateau mode(String value) {
        monitored.mode(value);
        return this;
    }

    /** The least change that is an improvement. Default 1e-4. */
    public ReduceLROnPlateau minDelta(double value) {
        monitored.minDelta(value);
        return this;
    }

    /** Epochs after a reduction that are not counted. Default 0. */
    public ReduceLROnPlateau cooldown(int value) {
        cooldown = value;
        return this;
    }

    /** Where the rate stays. Default 0. */
    public ReduceLROnPlateau minLr(double value) {
        minLr = value;
        return this;
    }

    @Override
    public void onTrainBegin(Map<String, Double> logs) {
        monitored.resolve(model());
        monitored.best(null);
        cooldownCounter = 0;
        wait = 0;
    }

    @Override
    public void onEpochEnd(int epoch, Map<String, Double> logs) {
        logs.put(LearningRateScheduler.LOG, model().learningRate());
        Double current = monitored.value(logs);
        if (current == null) {
            Output.warn(
                    "Learning rate reduction is conditioned on metric `%s` which is not available. Available metrics are: %s."
                            .formatted(monitored.name(), String.join(",", logs.keySet())));
            return;
        }
        if (cooldownCounter > 0) {
            cooldownCounter--;
            wait = 0;
        }
        if (monitored.isBest(current)) {
            monitored.best(current);
            wait = 0;
        } else if (cooldownCounter == 0) {
            wait++;
            if (wait >= patience) {
                reduce(epoch);
            }
        }
    }

    private void reduce(int epoch) {
        double rate = model().learningRate();
        if ((float) rate <= (float) minLr) {
            return;
        }
        double lower = Math.max(rate * factor, minLr);
        model().learningRate(lower);
        if (verbose > 0) {
            Output.print("\nEpoch %d: ReduceLROnPlateau reducing learning rate to %s."
                    .formatted(epoch + 1, PythonFloat.repr(lower)));
        }
        cooldownCounter = cooldown;
        wait = 0;
    }

    @Override
    public Map<String, Object> state() {
        return new Saved()
                .with("wait", wait)
                .with("cooldown_counter", cooldownCounter)
                .with("best", monitored.best())
                .values();
    }

    @Override
    public void restore(Map<String, Object> state) {
        Saved saved = new Saved(state);
        wait = saved.integer("wait", 0);
        cooldownCounter = saved.integer("cooldown_counter", 0);
        monitored.best(saved.number("best"));
    }
}
