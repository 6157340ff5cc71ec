package org.lockstep.regularizers;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.keras.Dict;

/** l1 · Σ|w| + l2 · Σw². */
public record L1L2(double l1, double l2) implements Regularizer {

    public L1L2 {
        Regularizer.checked("l1", l1);
        Regularizer.checked("l2", l2);
    }

    public static L1L2 of(double l1, double l2) {
        return new L1L2(l1, l2);
    }

    @Override
    public Map<String, @Nullable Object> config() {
        return Dict.of("l1", l1).with("l2", l2).asMap();
    }
}
