package org.lockstep.constraints;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.keras.Dict;

/** max(w, 0). */
public record NonNeg() implements Constraint {

    public static NonNeg of() {
        return new NonNeg();
    }

    @Override
    public Map<String, @Nullable Object> config() {
        return Dict.of().asMap();
    }
}
