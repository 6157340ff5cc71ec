package org.lockstep.regularizers;

import org.jspecify.annotations.Nullable;
import org.lockstep.keras.KerasObject;

/** A penalty on a variable or on a layer's output, added once a step to the loss. */
public sealed interface Regularizer extends KerasObject permits L1, L2, L1L2, OrthogonalRegularizer {

    /** Keras's regularizer of that name with its defaults; null is none. */
    static @Nullable Regularizer of(@Nullable String name) {
        if (name == null) {
            return null;
        }
        return switch (name) {
            case "l1", "L1" -> L1.of();
            case "l2", "L2" -> L2.of();
            case "l1l2", "L1L2" -> L1L2.of(0, 0);
            case "orthogonal_regularizer", "OrthogonalRegularizer" -> OrthogonalRegularizer.of();
            default -> throw new IllegalArgumentException("Could not interpret regularizer identifier: " + name);
        };
    }

    @Override
    default String module() {
        return "keras.regularizers";
    }

    @Override
    default String className() {
        return getClass().getSimpleName();
    }

    /** Keras's check of a penalty factor: finite and not negative. */
    static double checked(String name, double value) {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(
                    "Invalid value for argument `%s`: expected a non-negative float. Received: %s=%s"
                            .formatted(name, name, value));
        }
        return value;
    }
}
