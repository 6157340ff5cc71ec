package org.lockstep.executor.exchange;

/** Another worker of the same exchange failed; its failure is the cause. */
public final class PeerFailedException extends RuntimeException {

    public PeerFailedException(Throwable cause) {
        super("Cannot go on: another worker failed: " + cause.getMessage(), cause);
    }
}
