package org.lockstep.data;

/**
 * One record that is broken for good while the rest can be read; {@link OnBadRecord} says what becomes of it. A store that
 * does not answer is none: reading again could give another result.
 */
public final class BadRecordException extends BadDataException {

    private static final long serialVersionUID = 1;

    public BadRecordException(String message, Throwable cause) {
        super(message, cause);
    }

    public BadRecordException(String message) {
        super(message);
    }
}
