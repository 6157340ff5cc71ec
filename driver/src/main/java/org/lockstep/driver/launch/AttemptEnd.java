package org.lockstep.driver.launch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.lockstep.executor.MixedKernelsException;
import org.lockstep.executor.rendezvous.Attempt;
import org.lockstep.executor.spark.TaskEnd;
import org.lockstep.executor.spark.TaskFailure;
import org.lockstep.executor.spark.WorkerEnd;

/**
 * How an attempt at a segment ended.
 *
 * @param workers what each brought back, by number; empty where the attempt failed
 * @param failure the first cause; null where all is well
 * @param canRecover whether another attempt may fare better
 */
record AttemptEnd(List<WorkerEnd> workers, @Nullable TrainingException failure, boolean canRecover) {

    /** Settings and data that are wrong are so again. */
    private static final List<String> HOPELESS = List.of(
            IllegalArgumentException.class.getName(),
            UnsupportedOperationException.class.getName(),
            MixedKernelsException.class.getName(),
            "org.lockstep.keras.NotSupportedException",
            "org.lockstep.data.BadDataException",
            "org.lockstep.data.BadRecordException");

    /**
     * From the ends of the tasks and from what was told of the attempt meanwhile.
     *
     * @param what was tried, for the message
     * @param step the first, 0-based, that nobody has heard of
     */
    static AttemptEnd of(String what, List<TaskEnd<WorkerEnd>> ends, Attempt attempt, int step) {
        TrainingException first = TrainingException.first(what, ends);
        Attempt.Failure told = attempt.failure();
        if (first == null) {
            List<WorkerEnd> workers = new ArrayList<>();
            ends.forEach(end -> workers.add(Objects.requireNonNull(end.result())));
            workers.sort(Comparator.comparing(WorkerEnd::worker));
            return new AttemptEnd(workers, null, false);
        }
        if (first.isNonFinite()) {
            return new AttemptEnd(List.of(), first, false);
        }
        boolean onlyEchoes =
                ends.stream().map(TaskEnd::failure).filter(Objects::nonNull).allMatch(TaskFailure::isEcho);
        if (onlyEchoes && told != null && !told.isEcho()) {
            return new AttemptEnd(List.of(), TrainingException.lost(what, told.reason(), step, first), true);
        }
        return new AttemptEnd(List.of(), first, ends.stream().noneMatch(AttemptEnd::isHopeless));
    }

    private static boolean isHopeless(TaskEnd<WorkerEnd> end) {
        TaskFailure failure = end.failure();
        return failure != null && HOPELESS.contains(failure.type());
    }

    /** A job that Spark ended: an executor was lost, or somebody cancelled it. */
    static AttemptEnd of(String what, Exception job, Attempt attempt, int step, boolean isCancelledHere) {
        Attempt.Failure told = attempt.failure();
        String reason = reason(job);
        boolean isCancelled = reason.contains("cancelled") && !isCancelledHere;
        if (isCancelled) {
            // What tasks say then is only that they were interrupted.
            return new AttemptEnd(List.of(), TrainingException.lost(what, reason, step, job), false);
        }
        if (told != null && (isCancelledHere || !reason.contains("ExecutorLostFailure"))) {
            return new AttemptEnd(List.of(), TrainingException.lost(what, told.reason(), step, job), true);
        }
        String both = told == null || told.isEcho() ? reason : reason + "; " + told.reason();
        return new AttemptEnd(List.of(), TrainingException.lost(what, both, step, job), true);
    }

    /** Spark's message, its stack trace left out. */
    private static String reason(Throwable job) {
        String message = String.valueOf(job.getMessage());
        int lost = message.indexOf("ExecutorLostFailure");
        String from = lost < 0 ? message : message.substring(lost);
        return from.lines().findFirst().orElse(from);
    }
}
