package org.lockstep.examples.chaos;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A fault that was inflicted, and how training went on.
 *
 * @param training 1-based
 * @param executor Spark's id and its host
 * @param epoch 0-based
 * @param step the last that had been heard of, 0-based in the epoch
 * @param at milliseconds of the clock on the wall
 * @param next when the next step was heard of that was done after it; null where none was
 * @param lostSteps steps that were done again
 * @param lostSeconds what those take when nobody disturbs them
 */
record Struck(
        Fault fault,
        int training,
        String executor,
        int epoch,
        int step,
        long at,
        @Nullable Long next,
        int lostSteps,
        double lostSeconds) {

    private static final double MILLIS = 1000;

    Struck resumed(long millis) {
        return new Struck(fault, training, executor, epoch, step, at, millis, lostSteps, lostSeconds);
    }

    Struck lost(int steps, double seconds) {
        return new Struck(fault, training, executor, epoch, step, at, next, steps, seconds);
    }

    /** From the fault to the next step, in seconds; NaN where none followed. */
    double seconds() {
        return next == null ? Double.NaN : (next - at) / MILLIS;
    }

    /** The same without the work that was done again. */
    double beyondLostWork() {
        return Math.max(0, seconds() - lostSeconds);
    }

    String row() {
        return "%-8s  %-5s  %-26s  epoch %2d step %3d  %8.2f s  %5d  %8.2f s%n"
                .formatted(
                        training,
                        fault.kind().title(),
                        executor,
                        epoch + 1,
                        step + 1,
                        seconds(),
                        lostSteps,
                        beyondLostWork());
    }

    static String head() {
        return "%-8s  %-5s  %-26s  %-17s  %10s  %5s  %10s%n"
                .formatted("training", "kind", "executor", "after", "next step", "lost", "beyond");
    }

    Map<String, @Nullable Object> json() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("training", training);
        json.put("kind", fault.kind().title());
        json.put("undone_after_seconds", fault.seconds());
        json.put("executor", executor);
        json.put("epoch", epoch + 1);
        json.put("step", step + 1);
        json.put("seconds_to_next_step", next == null ? null : seconds());
        json.put("lost_steps", lostSteps);
        json.put("seconds_beyond_lost_work", next == null ? null : beyondLostWork());
        return json;
    }
}
