package org.lockstep.executor.transport;

/** Another JVM of the run cannot be reached, or does not answer. */
public final class UnreachableException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public UnreachableException(String message, Throwable cause) {
        super(message, cause);
    }
}
