package org.lockstep.constraints;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.keras.Dict;

/** w / (ε + norm), norm = √Σw² over {@code axis}. */
public record UnitNorm(List<Integer> axis) implements Constraint {

    public UnitNorm {
        axis = List.copyOf(axis);
    }

    public static UnitNorm of() {
        return new UnitNorm(List.of(0));
    }

    /** The same with the norm taken over these axes. */
    public UnitNorm axis(Integer... axes) {
        return new UnitNorm(List.of(axes));
    }

    @Override
    public Map<String, @Nullable Object> config() {
        return Dict.of("axis", Constraint.axes(axis)).asMap();
    }
}
