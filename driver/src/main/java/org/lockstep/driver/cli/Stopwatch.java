package org.lockstep.driver.cli;

import java.util.Map;
import java.util.function.LongSupplier;
import org.lockstep.callbacks.Callback;

/** The time a run takes, and the part of it in which it trains and does not validate. */
final class Stopwatch extends Callback {

    private static final double NANOS = 1e9;

    private final LongSupplier nanoTime;
    private long begin;
    private long epochBegin;
    private long training;
    private long total;
    private int epochs;
    private boolean isTraining;

    /** A watch that reads a clock in nanoseconds. */
    Stopwatch(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    @Override
    public void onTrainBegin(Map<String, Double> logs) {
        begin = nanoTime.getAsLong();
    }

    @Override
    public void onEpochBegin(int epoch, Map<String, Double> logs) {
        epochBegin = nanoTime.getAsLong();
        isTraining = true;
    }

    @Override
    public void onTestBegin(Map<String, Double> logs) {
        pause();
    }

    @Override
    public void onEpochEnd(int epoch, Map<String, Double> logs) {
        pause();
        epochs++;
    }

    private void pause() {
        if (isTraining) {
            training += nanoTime.getAsLong() - epochBegin;
            isTraining = false;
        }
    }

    @Override
    public void onTrainEnd(Map<String, Double> logs) {
        total = nanoTime.getAsLong() - begin;
    }

    /** A line on the run; images count once per epoch. */
    String report(long images) {
        return "Trained %d epoch(s) on %d images in %.1f s, validation included; %.0f images/s while training."
                .formatted(epochs, images, total / NANOS, epochs * images / (training / NANOS));
    }
}
