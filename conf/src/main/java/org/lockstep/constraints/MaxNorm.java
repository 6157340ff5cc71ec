package org.lockstep.constraints;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.keras.Dict;

/** w · clip(norm, 0, max_value) / (ε + norm), norm = √Σw² over {@code axis}; for a whole filter use axes 0, 1, 2. */
public record MaxNorm(double maxValue, List<Integer> axis) implements Constraint {

    public MaxNorm {
        axis = List.copyOf(axis);
    }

    public static MaxNorm of() {
        return new MaxNorm(2, List.of(0));
    }

    public static MaxNorm of(double maxValue) {
        return new MaxNorm(maxValue, of().axis());
    }

    /** The same bound with the norm taken over these axes. */
    public MaxNorm axis(Integer... axes) {
        return new MaxNorm(maxValue, List.of(axes));
    }

    @Override
    public Map<String, @Nullable Object> config() {
        boolean whole = maxValue == Math.rint(maxValue) && Math.abs(maxValue) < 1e9;
        // Keras's default is the integer 2, and it writes numbers as they were given.
        return Dict.of("max_value", whole ? (Object) (int) maxValue : (Object) maxValue)
                .with("axis", Constraint.axes(axis))
                .asMap();
    }
}
