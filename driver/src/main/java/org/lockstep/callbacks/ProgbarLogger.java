package org.lockstep.callbacks;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.lockstep.conf.Verbose;

/**
 * Prints progress as Keras 3 does, as much as the run's {@code verbose} asks for: a bar that moves, or a line per epoch,
 * and a bar for an evaluation or a prediction outside of a fit.
 *
 * <p>On a terminal and in a notebook the bar is drawn over itself; elsewhere each update is a line of its own.
 */
public final class ProgbarLogger extends Callback {

    private final PrintStream out;
    private final boolean isTerminal;
    private final LongSupplier nanoTime;
    private boolean isInFit;
    private @Nullable Integer target;
    private int seen;
    private Progbar bar;

    /**
     * A logger to a stream.
     *
     * @param nanoTime a clock in nanoseconds, such as {@code System::nanoTime}
     */
    public ProgbarLogger(PrintStream out, boolean isTerminal, LongSupplier nanoTime) {
        this.out = out;
        this.isTerminal = isTerminal;
        this.nanoTime = nanoTime;
        this.bar = new Progbar(Verbose.AUTO, isTerminal, 0);
    }

    /** A logger to the standard output, in UTF-8. */
    public static ProgbarLogger of() {
        return of(false);
    }

    /**
     * A logger to the standard output, in UTF-8.
     *
     * @param isShared whether somebody else draws on the same terminal, as Spark's bar of stages does; then each update is
     *     a line of its own there too
     */
    public static ProgbarLogger of(boolean isShared) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        return new ProgbarLogger(out, !isShared && Screen.drawsOver(), System::nanoTime);
    }

    /** False: it only watches. */
    @Override
    public boolean isSynchronous() {
        return false;
    }

    @Override
    public void setParams(RunParams value) {
        super.setParams(value);
        target = value.steps();
        isInFit = false;
    }

    /** In a fit, validation is silent. */
    @Override
    public void onTrainBegin(Map<String, Double> logs) {
        isInFit = true;
    }

    @Override
    public void onEpochBegin(int epoch, Map<String, Double> logs) {
        begin();
        if (params().verbose() != Verbose.SILENT && params().epochs() > 1) {
            print("Epoch %d/%d\n".formatted(epoch + 1, params().epochs()));
        }
    }

    @Override
    public void onTrainBatchEnd(int batch, Map<String, Double> logs) {
        update(batch, logs);
    }

    @Override
    public void onEpochEnd(int epoch, Map<String, Double> logs) {
        end(logs);
    }

    @Override
    public void onTestBegin(Map<String, Double> logs) {
        if (!isInFit) {
            begin();
        }
    }

    @Override
    public void onTestBatchEnd(int batch, Map<String, Double> logs) {
        if (!isInFit) {
            update(batch, logs);
        }
    }

    @Override
    public void onTestEnd(Map<String, Double> logs) {
        if (!isInFit) {
            end(logs);
        }
    }

    @Override
    public void onPredictBegin(Map<String, Double> logs) {
        begin();
    }

    /** Outputs are not shown. */
    @Override
    public void onPredictBatchEnd(int batch, Map<String, Double> logs) {
        update(batch, Map.of());
    }

    @Override
    public void onPredictEnd(Map<String, Double> logs) {
        end(logs);
    }

    private void begin() {
        seen = 0;
        bar = new Progbar(params().verbose(), isTerminal, nanoTime.getAsLong());
    }

    private void update(int batch, Map<String, Double> logs) {
        seen = batch + 1;
        if (params().verbose() != Verbose.LINE_PER_EPOCH) {
            print(bar.update(seen, target, logs, false, nanoTime.getAsLong()));
        }
    }

    /** Where the number of steps was not known, this pass has told it. */
    private void end(Map<String, Double> logs) {
        int steps = target == null ? seen : target;
        target = steps;
        print(bar.update(steps, target, logs, true, nanoTime.getAsLong()));
    }

    private void print(String text) {
        if (!text.isEmpty()) {
            out.print(text);
            out.flush();
        }
    }
}
