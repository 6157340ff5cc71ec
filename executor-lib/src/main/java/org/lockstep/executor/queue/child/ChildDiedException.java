package org.lockstep.executor.queue.child;

/** A child process is no more; the message says its exit code and last lines. */
final class ChildDiedException extends Exception {

    ChildDiedException(String message) {
        super(message);
    }
}
