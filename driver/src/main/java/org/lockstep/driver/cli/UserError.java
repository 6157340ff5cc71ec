package org.lockstep.driver.cli;

import java.io.PrintWriter;
import org.lockstep.driver.launch.TrainingException;
import org.lockstep.keras.NotSupportedException;

/** A failure as its user sees it: one line that says what and where. */
final class UserError {

    private static final int FAILED = 1;
    private static final int WRONG_SETTING = 2;

    private UserError() {}

    /** Prints a failure and gives the exit status it means. */
    static int report(Exception failure, PrintWriter err, boolean stacktrace) {
        err.println("error: " + message(failure));
        if (stacktrace) {
            failure.printStackTrace(err);
            if (failure instanceof TrainingException training) {
                err.println("On the worker: " + training.detail());
            }
        } else if (isUnforeseen(failure)) {
            err.println("This is not a setting's fault; --stacktrace shows where it comes from.");
        }
        err.flush();
        return failure instanceof IllegalArgumentException || failure instanceof NotSupportedException
                ? WRONG_SETTING
                : FAILED;
    }

    private static String message(Throwable failure) {
        String message = failure.getMessage();
        if (message == null || isUnforeseen(failure)) {
            message = failure.getClass().getSimpleName() + (message == null ? "" : ": " + message);
        }
        return message.lines().findFirst().orElse(message);
    }

    private static boolean isUnforeseen(Throwable failure) {
        return failure instanceof NullPointerException
                || failure instanceof IndexOutOfBoundsException
                || failure instanceof ClassCastException;
    }
}
