package org.lockstep.callbacks;

import java.util.List;
import java.util.function.Consumer;

/** The callbacks of a run, told one after the other; names the one that fails. */
public final class CallbackList {

    private final List<Callback> callbacks;

    public CallbackList(List<Callback> callbacks) {
        this.callbacks = List.copyOf(callbacks);
    }

    /** Calls a hook of each. */
    public void forEach(Consumer<Callback> hook) {
        for (Callback callback : callbacks) {
            try {
                hook.accept(callback);
            } catch (RuntimeException e) {
                throw new CallbackException(callback, e);
            }
        }
    }

    /** Whether one of them needs workers to wait for it. */
    public boolean isSynchronous() {
        return callbacks.stream().anyMatch(Callback::isSynchronous);
    }

    /** Whether one of them waits for losses that are not finite. */
    public boolean takesNonFinite() {
        return callbacks.stream().anyMatch(Callback::takesNonFinite);
    }

    public List<Callback> all() {
        return callbacks;
    }
}
