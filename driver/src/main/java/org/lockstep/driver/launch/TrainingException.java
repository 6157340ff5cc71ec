package org.lockstep.driver.launch;

import java.util.Collection;
import java.util.Comparator;
import java.util.Objects;
import org.lockstep.executor.spark.TaskEnd;
import org.lockstep.executor.spark.TaskFailure;

/** A run that a worker's failure ended; the message says where and why, {@link #detail} has the worker's stack trace. */
public final class TrainingException extends RuntimeException {

    private final String detail;

    private TrainingException(String message, String detail) {
        super(message);
        this.detail = detail;
    }

    /** The failed worker's own stack trace. */
    public String detail() {
        return detail;
    }

    static TrainingException onDriver(String what, Exception cause) {
        TrainingException exception =
                new TrainingException("Cannot %s: %s [driver]".formatted(what, cause.getMessage()), cause.toString());
        exception.initCause(cause);
        return exception;
    }

    /** Throws the first cause among the ends of tasks, if any failed. */
    public static void throwFirst(String what, Collection<? extends TaskEnd<?>> ends) {
        ends.stream()
                .map(TaskEnd::failure)
                .filter(Objects::nonNull)
                .min(Comparator.comparing(TaskFailure::isEcho))
                .ifPresent(failure -> {
                    throw new TrainingException(
                            "Cannot %s: %s [%s]".formatted(what, failure.message(), failure.place()),
                            failure.stackTrace());
                });
    }
}
