package org.lockstep.callbacks;

import java.util.ArrayList;
import java.util.List;
import org.lockstep.driver.checkpoint.CallbackState;

/** What the callbacks of a run remember, taken and given back. */
public final class CallbackStates {

    private CallbackStates() {}

    /** The states of those that have one, in order. */
    public static List<CallbackState> of(List<Callback> callbacks) {
        List<CallbackState> states = new ArrayList<>();
        for (Callback callback : callbacks) {
            if (!callback.state().isEmpty()) {
                states.add(new CallbackState(callback.getClass().getName(), callback.state()));
            }
        }
        return states;
    }

    /**
     * Gives each state to the next callback of its class; those without one begin anew.
     *
     * @throws IllegalArgumentException if a callback is missing; none is changed then
     */
    public static void restore(List<CallbackState> states, List<Callback> callbacks) {
        List<Callback> left = new ArrayList<>(callbacks);
        List<Callback> found = new ArrayList<>();
        for (CallbackState state : states) {
            Callback callback = left.stream()
                    .filter(other -> other.getClass().getName().equals(state.className()))
                    .findFirst()
                    .orElseThrow(() -> missing(state, callbacks));
            left.remove(callback);
            found.add(callback);
        }
        for (int i = 0; i < found.size(); i++) {
            found.get(i).restore(states.get(i).state());
        }
    }

    private static IllegalArgumentException missing(CallbackState state, List<Callback> callbacks) {
        return new IllegalArgumentException(
                "Cannot resume: the checkpoint knows a callback %s that is missing here. Received: %s"
                        .formatted(
                                state.className(),
                                callbacks.stream()
                                        .map(callback -> callback.getClass().getName())
                                        .toList()));
    }
}
