package org.lockstep.executor.queue.child;

/** A failure of the data in a child process: its message, and its stack trace there as text in the cause. */
public final class ChildException extends RuntimeException {

    ChildException(String message, String stackTrace) {
        super(message, new InChild(stackTrace));
    }

    private static final class InChild extends Exception {

        InChild(String stackTrace) {
            super("in the child process:\n" + stackTrace, null, false, false);
        }
    }
}
