package org.lockstep.driver.checkpoint;

/** A checkpoint that cannot be kept or found; the message names the path. The training's own state is not touched. */
public final class CheckpointException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public CheckpointException(String message) {
        super(message);
    }

    public CheckpointException(String message, Throwable cause) {
        super(message, cause);
    }
}
