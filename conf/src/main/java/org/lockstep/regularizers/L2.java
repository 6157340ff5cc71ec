package org.lockstep.regularizers;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.keras.Dict;

/** l2 · Σw², without a factor ½; its gradient is 2 · l2 · w. */
public record L2(double l2) implements Regularizer {

    public L2 {
        Regularizer.checked("l2", l2);
    }

    public static L2 of() {
        return new L2(0.01);
    }

    @Override
    public Map<String, @Nullable Object> config() {
        return Dict.of("l2", l2).asMap();
    }
}
