package org.lockstep.keras;

/** Something that Keras knows and Lockstep does not do yet; the message names it. */
public final class NotSupportedException extends RuntimeException {

    public NotSupportedException(String message) {
        super(message);
    }
}
