package org.lockstep.executor.step.onednn;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The places that an operation reads or writes in its forward and in its backward pass. */
record Uses(List<Slot> forward, List<Slot> backward) {

    /** Those of the calls of both passes. */
    static Uses of(List<Call> forward, List<Call> backward) {
        return new Uses(slots(forward), slots(backward));
    }

    /** Places that both passes use, and others that the backward pass alone uses; null is none. */
    static Uses of(List<Slot> both, @Nullable Slot... backward) {
        List<Slot> all = new ArrayList<>(both);
        for (Slot slot : backward) {
            if (slot != null) {
                all.add(slot);
            }
        }
        return new Uses(both, List.copyOf(all));
    }

    /** Both together. */
    Uses and(Uses other) {
        return new Uses(joined(forward, other.forward), joined(backward, other.backward));
    }

    private static List<Slot> joined(List<Slot> some, List<Slot> more) {
        List<Slot> all = new ArrayList<>(some);
        all.addAll(more);
        return List.copyOf(all);
    }

    private static List<Slot> slots(List<Call> calls) {
        return calls.stream().flatMap(call -> call.slots().stream()).toList();
    }
}
