package org.lockstep.constraints;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.keras.Dict;

/** Rings of equal weight around the centre of square rank-4 kernels, as tf.keras 2 has it. */
public record RadialConstraint() implements Constraint {

    public static RadialConstraint of() {
        return new RadialConstraint();
    }

    @Override
    public Map<String, @Nullable Object> config() {
        return Dict.of().asMap();
    }
}
