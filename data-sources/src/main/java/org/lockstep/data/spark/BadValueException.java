package org.lockstep.data.spark;

/** What is wrong with a row; whoever knows which row it is makes a full message of it. */
final class BadValueException extends RuntimeException {

    private static final long serialVersionUID = 1;

    BadValueException(String reason) {
        super(reason, null, false, false);
    }
}
