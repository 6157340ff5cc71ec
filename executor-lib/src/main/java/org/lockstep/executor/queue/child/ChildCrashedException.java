package org.lockstep.executor.queue.child;

/** A child process died, and the batch was not tried again; the message says exit code and last lines. */
public final class ChildCrashedException extends RuntimeException {

    ChildCrashedException(String message, Throwable cause) {
        super(message, cause);
    }
}
