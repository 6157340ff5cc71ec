package org.lockstep.constraints;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.keras.Dict;

/** w · (rate · clip(norm, min, max) + (1 − rate) · norm) / (ε + norm), norm = √Σw² over {@code axis}. */
public record MinMaxNorm(double minValue, double maxValue, double rate, List<Integer> axis) implements Constraint {

    public MinMaxNorm {
        axis = List.copyOf(axis);
    }

    public static MinMaxNorm of() {
        return new MinMaxNorm(0, 1, 1, List.of(0));
    }

    public static MinMaxNorm of(double minValue, double maxValue, double rate) {
        return new MinMaxNorm(minValue, maxValue, rate, of().axis());
    }

    /** The same with the norm taken over these axes. */
    public MinMaxNorm axis(Integer... axes) {
        return new MinMaxNorm(minValue, maxValue, rate, List.of(axes));
    }

    @Override
    public Map<String, @Nullable Object> config() {
        return Dict.of("min_value", minValue)
                .with("max_value", maxValue)
                .with("rate", rate)
                .with("axis", Constraint.axes(axis))
                .asMap();
    }
}
