package org.lockstep.regularizers;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.keras.Dict;

/** l1 · Σ|w|; its gradient is l1 · sign(w), 0 at 0. */
public record L1(double l1) implements Regularizer {

    public L1 {
        Regularizer.checked("l1", l1);
    }

    public static L1 of() {
        return new L1(0.01);
    }

    @Override
    public Map<String, @Nullable Object> config() {
        return Dict.of("l1", l1).asMap();
    }
}
