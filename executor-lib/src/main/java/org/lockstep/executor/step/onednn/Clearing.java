package org.lockstep.executor.step.onednn;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts zeros into places of which the operations that follow fill a part.
 *
 * @param data cleared in the forward pass
 * @param gradient cleared in the backward pass
 */
record Clearing(@Nullable Slot data, @Nullable Slot gradient) implements Operation {

    @Override
    public void forward(Frame frame) {
        if (data != null) {
            data.clear();
        }
    }

    @Override
    public void backward(Frame frame) {
        if (gradient != null) {
            gradient.clear();
        }
    }

    @Override
    public Uses uses() {
        return new Uses(list(data), list(gradient));
    }

    private static List<Slot> list(@Nullable Slot slot) {
        return slot == null ? List.of() : List.of(slot);
    }
}
