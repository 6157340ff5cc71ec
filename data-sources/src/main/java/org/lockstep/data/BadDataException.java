package org.lockstep.data;

import org.jspecify.annotations.Nullable;

/** Data that cannot be read as what it claims to be; the message names the file, the place in it, and the reason. */
public class BadDataException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public BadDataException(String message) {
        super(message);
    }

    public BadDataException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** "Cannot read FILE at PLACE: REASON". */
    public static BadDataException at(String file, String place, String reason) {
        return new BadDataException("Cannot read " + file + " at " + place + ": " + reason);
    }
}
