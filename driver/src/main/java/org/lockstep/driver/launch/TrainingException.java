package org.lockstep.driver.launch;

import java.util.Collection;
import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.lockstep.executor.exchange.NonFiniteException;
import org.lockstep.executor.spark.TaskEnd;
import org.lockstep.executor.spark.TaskFailure;

/** A run that a worker's failure ended; the message says where and why, {@link #detail} has the worker's stack trace. */
public final class TrainingException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String detail;
    private final boolean isNonFinite;

    private TrainingException(String message, String detail, boolean isNonFinite) {
        super(message);
        this.detail = detail;
        this.isNonFinite = isNonFinite;
    }

    /** Whether a loss or a gradient was not finite; the weights are then those of before the step. */
    public boolean isNonFinite() {
        return isNonFinite;
    }

    /** The failed worker's own stack trace. */
    public String detail() {
        return detail;
    }

    static TrainingException onDriver(String what, Exception cause) {
        TrainingException exception = new TrainingException(
                "Cannot %s: %s [driver]".formatted(what, cause.getMessage()),
                cause.toString(),
                cause instanceof NonFiniteException);
        exception.initCause(cause);
        return exception;
    }

    /** What Spark or an executor's silence ended, in a step, 0-based. */
    static TrainingException lost(String what, String reason, int step, Exception cause) {
        TrainingException exception = new TrainingException(
                "Cannot %s: %s, at step %d".formatted(what, reason, step + 1), cause.toString(), false);
        exception.initCause(cause);
        return exception;
    }

    /** Throws the first cause among the ends of tasks, if any failed. */
    public static void throwFirst(String what, Collection<? extends TaskEnd<?>> ends) {
        TrainingException first = first(what, ends);
        if (first != null) {
            throw first;
        }
    }

    /** The first cause among the ends of tasks; null where none failed. */
    static @Nullable TrainingException first(String what, Collection<? extends TaskEnd<?>> ends) {
        return ends.stream()
                .map(TaskEnd::failure)
                .filter(Objects::nonNull)
                .min(Comparator.comparing(TaskFailure::isEcho))
                .map(failure -> new TrainingException(
                        "Cannot %s: %s [%s]".formatted(what, failure.message(), failure.place()),
                        failure.stackTrace(),
                        failure.type().equals(NonFiniteException.class.getName())))
                .orElse(null);
    }
}
