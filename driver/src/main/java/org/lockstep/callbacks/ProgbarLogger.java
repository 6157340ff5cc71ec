package org.lockstep.callbacks;

import java.io.PrintStream;
import java.util.Map;
import java.util.function.LongSupplier;
import org.lockstep.conf.Verbose;

/**
 * Prints a run's progress as Keras 3 does: a bar that moves, or a line per epoch.
 *
 * <p>On a terminal the bar is drawn over itself; elsewhere each update is a line of its own, as in Keras.
 */
public final class ProgbarLogger extends Callback {

    private static final double NANOS = 1e9;
    private static final double INTERVAL_SECONDS = 0.05;

    private final PrintStream out;
    private final boolean isTerminal;
    private final boolean isBar;
    private final LongSupplier nanoTime;
    private long start;
    private long afterFirstStep;
    private long lastUpdate;
    private int steps;
    private int lastLength;

    /**
     * A logger to a stream.
     *
     * @param nanoTime a clock in nanoseconds, such as {@code System::nanoTime}
     */
    public ProgbarLogger(PrintStream out, boolean isTerminal, Verbose verbose, LongSupplier nanoTime) {
        if (verbose == Verbose.SILENT) {
            throw new IllegalArgumentException("Invalid `verbose`: a progress logger prints. Received: 0");
        }
        this.out = out;
        this.isTerminal = isTerminal;
        this.isBar = verbose != Verbose.LINE_PER_EPOCH;
        this.nanoTime = nanoTime;
    }

    /** False: it only watches. */
    @Override
    public boolean isSynchronous() {
        return false;
    }

    @Override
    public void onEpochBegin(int epoch, Map<String, Double> logs) {
        start = nanoTime.getAsLong();
        lastUpdate = start - (long) NANOS;
        steps = 0;
        lastLength = 0;
        if (params().epochs() > 1) {
            out.println("Epoch %d/%d".formatted(epoch + 1, params().epochs()));
        }
    }

    @Override
    public void onTrainBatchEnd(int batch, Map<String, Double> logs) {
        long now = nanoTime.getAsLong();
        steps = batch + 1;
        if (steps == 1) {
            afterFirstStep = now;
        }
        if (isBar && (now - lastUpdate) / NANOS >= INTERVAL_SECONDS) {
            lastUpdate = now;
            print(ProgbarLine.bar(steps, target(), elapsed(now), stepSeconds(now), false, logs));
        }
    }

    @Override
    public void onEpochEnd(int epoch, Map<String, Double> logs) {
        long now = nanoTime.getAsLong();
        if (isBar) {
            print(ProgbarLine.bar(steps, target(), elapsed(now), stepSeconds(now), true, logs));
            out.println();
        } else {
            out.println(ProgbarLine.line(steps, target(), elapsed(now), stepSeconds(now), logs));
        }
        out.flush();
    }

    private void print(String line) {
        out.print(isTerminal ? "\b".repeat(lastLength) + "\r" : "\n");
        out.print(line);
        out.print(" ".repeat(Math.max(0, lastLength - line.length())));
        out.flush();
        lastLength = line.length();
    }

    /** An epoch's steps; as far as it has come where that is not known. */
    private int target() {
        Integer known = params().steps();
        return known == null ? steps : known;
    }

    private double elapsed(long now) {
        return (now - start) / NANOS;
    }

    /** The mean time of a step, the first one left out where there are more. */
    private double stepSeconds(long now) {
        if (steps == 0) {
            return 0;
        }
        return steps > 1 ? (now - afterFirstStep) / NANOS / (steps - 1) : elapsed(now);
    }
}
