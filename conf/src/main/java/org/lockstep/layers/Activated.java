package org.lockstep.layers;

import org.lockstep.activations.Activation;
import org.lockstep.activations.Function;

/** What an activation does to a shape. */
final class Activated {

    private Activated() {}

    static Shape shape(Activation activation, Shape input) {
        if (activation.function() != Function.GLU) {
            return input;
        }
        int axis = (int) activation.argument("axis");
        int size = input.dimension(axis);
        if (size % 2 != 0) {
            throw new IllegalArgumentException(
                    "axis size must be divisible by 2 for activation glu. Received: x.shape=%s with axis=%d"
                            .formatted(input, axis));
        }
        return input.with(axis, size / 2);
    }
}
