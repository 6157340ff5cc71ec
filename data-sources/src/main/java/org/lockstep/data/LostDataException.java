package org.lockstep.data;

/**
 * Data that was there when the run began and is not any more, as the files of an executor that died.
 * {@link TrainingData#prepare} on the driver brings it back; then what failed can be tried again.
 */
public class LostDataException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public LostDataException(String message) {
        super(message);
    }

    public LostDataException(String message, Throwable cause) {
        super(message, cause);
    }
}
