package org.lockstep.callbacks;

import java.util.Map;
import java.util.function.IntToDoubleFunction;
import org.lockstep.callbacks.python.PythonFloat;

/**
 * Sets the learning rate at each epoch's begin, as Keras 3's. Adds {@code learning_rate} to the epoch's logs: the one of
 * the epoch's end.
 */
public final class LearningRateScheduler extends Callback {

    /** The log's name. */
    static final String LOG = "learning_rate";

    /** An epoch's learning rate. */
    @FunctionalInterface
    public interface Schedule {

        /**
         * The rate to train the epoch with.
         *
         * @param epoch 0-based
         * @param learningRate the rate so far
         */
        double rate(int epoch, double learningRate);
    }

    private final Schedule schedule;
    private int verbose;

    private LearningRateScheduler(Schedule schedule) {
        this.schedule = schedule;
    }

    /** A rate from the epoch, 0-based, and the rate so far. */
    public static LearningRateScheduler of(Schedule schedule) {
        return new LearningRateScheduler(schedule);
    }

    /** A rate from the epoch alone, 0-based. */
    public static LearningRateScheduler of(IntToDoubleFunction schedule) {
        return new LearningRateScheduler((epoch, rate) -> schedule.applyAsDouble(epoch));
    }

    /** 0 is silent, 1 prints. Default 0. */
    public LearningRateScheduler verbose(int value) {
        verbose = value;
        return this;
    }

    @Override
    public void onEpochBegin(int epoch, Map<String, Double> logs) {
        double rate = schedule.rate(epoch, model().learningRate());
        model().learningRate(rate);
        if (verbose > 0) {
            Output.print("\nEpoch %d: LearningRateScheduler setting learning rate to %s."
                    .formatted(epoch + 1, PythonFloat.repr(rate)));
        }
    }

    @Override
    public void onEpochEnd(int epoch, Map<String, Double> logs) {
        logs.put(LOG, model().learningRate());
    }
}
