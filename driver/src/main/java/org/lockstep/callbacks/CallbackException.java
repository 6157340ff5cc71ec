package org.lockstep.callbacks;

/** A callback that failed; the model keeps the state it had reached. */
public final class CallbackException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public CallbackException(Callback callback, RuntimeException cause) {
        super("Cannot go on training: callback %s failed: %s".formatted(name(callback), text(cause)), cause);
    }

    private static String name(Callback callback) {
        String simple = callback.getClass().getSimpleName();
        return simple.isEmpty() ? callback.getClass().getName() : simple;
    }

    private static String text(RuntimeException cause) {
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
}
