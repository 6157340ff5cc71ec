package org.lockstep.layers;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import org.lockstep.constraints.Constraint;
import org.lockstep.initializers.Initializer;
import org.lockstep.regularizers.Regularizer;

/** What Keras's layers take for each of their variables: how it starts, its penalty and its constraint. */
public record Weight(
        Initializer initializer,
        @Nullable Regularizer regularizer,
        @Nullable Constraint constraint) implements Serializable {

    static Weight startingWith(String initializer) {
        return new Weight(Initializer.of(initializer), null, null);
    }

    Weight initializer(Initializer value) {
        return new Weight(value, regularizer, constraint);
    }

    Weight regularizer(@Nullable Regularizer value) {
        return new Weight(initializer, value, constraint);
    }

    Weight constraint(@Nullable Constraint value) {
        return new Weight(initializer, regularizer, value);
    }

    Variable variable(String name, boolean trainable, int... shape) {
        Variable.Role role = trainable ? Variable.Role.TRAINABLE : Variable.Role.FROZEN;
        return new Variable(name, Shape.of(shape), role, this);
    }
}
