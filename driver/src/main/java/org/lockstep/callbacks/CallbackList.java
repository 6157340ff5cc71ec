package org.lockstep.callbacks;

import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The callbacks of a run, told one after the other; names the one that fails. */
public final class CallbackList {

    private final List<Callback> callbacks;
    private @Nullable Callback current;

    public CallbackList(List<Callback> callbacks) {
        this.callbacks = List.copyOf(callbacks);
    }

    /** Calls a hook of each. */
    public void forEach(Consumer<Callback> hook) {
        forEach(callbacks, hook);
    }

    /** Calls a hook of each of a part of them. */
    public void forEach(List<Callback> part, Consumer<Callback> hook) {
        for (Callback callback : part) {
            current = callback;
            try {
                hook.accept(callback);
            } catch (RuntimeException e) {
                throw new CallbackException(callback, e);
            }
        }
    }

    /** The callback that is being told something, or was last. */
    public Callback current() {
        return Objects.requireNonNull(current, "no callback has been told anything yet");
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
