package org.lockstep.driver;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.lockstep.data.Window;
import org.lockstep.metrics.Logged;
import org.lockstep.report.StepReport;
import org.lockstep.report.Totals;

/** How far a fit has come: the epoch's window, the next step in it, and the running values. */
final class Progress {

    private final LogNames names;
    private @Nullable Window window;
    private int step;
    private int nextEpoch;
    private Totals totals;
    private Map<String, Double> last;

    /**
     * A fit at its beginning.
     *
     * @param window of the first epoch; null where there is none
     */
    Progress(LogNames names, @Nullable Window window) {
        this.names = names;
        this.window = window;
        this.totals = new Totals(names.metrics());
        this.last = totals.logs();
    }

    /** The window of the epoch that goes on or comes next; null after the last. */
    @Nullable
    Window window() {
        return window;
    }

    int epoch() {
        return Objects.requireNonNull(window).epoch();
    }

    /** The next step of the epoch, 0-based. */
    int step() {
        return step;
    }

    Totals totals() {
        return totals;
    }

    double[] noMetrics() {
        return new double[Logged.numbers(names.metrics())];
    }

    void stepEnded(StepReport report) {
        if (step == 0) {
            totals = new Totals(names.metrics());
        }
        totals.add(report.samples(), report.loss(), report.metrics());
        step = report.step() + 1;
        last = totals.logs();
    }

    /** Goes on with a step of an epoch. */
    void resume(@Nullable Window at, int nextStep, Totals.Snapshot before) {
        window = at;
        step = nextStep;
        totals = new Totals(names.metrics(), before);
        last = totals.logs();
        nextEpoch = at == null ? nextEpoch : at.epoch();
    }

    /** The running values; those of the epoch before while this one has no step, as in Keras. */
    Map<String, Double> logs() {
        return names.ordered(last);
    }

    /** The epoch after the last one that ended, 0-based. */
    int nextEpoch() {
        return nextEpoch;
    }

    /** The epoch is over. */
    void epochEnded(@Nullable Window next) {
        nextEpoch = epoch() + 1;
        window = next;
        step = 0;
    }
}
