package org.lockstep.constraints;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lockstep.keras.KerasObject;

/** A projection of a variable, applied right after each optimizer update. */
public sealed interface Constraint extends KerasObject permits MaxNorm, UnitNorm, MinMaxNorm, NonNeg, RadialConstraint {

    /** Keras's constraint of that name with its defaults; null is none. */
    static @Nullable Constraint of(@Nullable String name) {
        if (name == null) {
            return null;
        }
        return switch (name) {
            case "max_norm", "MaxNorm", "maxnorm" -> MaxNorm.of();
            case "unit_norm", "UnitNorm", "unitnorm" -> UnitNorm.of();
            case "min_max_norm", "MinMaxNorm" -> MinMaxNorm.of();
            case "non_neg", "NonNeg", "nonneg" -> NonNeg.of();
            case "radial_constraint", "RadialConstraint" -> RadialConstraint.of();
            default -> throw new IllegalArgumentException("Could not interpret constraint identifier: " + name);
        };
    }

    @Override
    default String module() {
        return "keras.constraints";
    }

    @Override
    default String className() {
        return getClass().getSimpleName();
    }

    /** An axis list as Keras writes it: a bare integer where there is one. */
    static Object axes(List<Integer> axis) {
        return axis.size() == 1 ? axis.get(0) : axis;
    }
}
