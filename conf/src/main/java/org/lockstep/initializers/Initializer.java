package org.lockstep.initializers;

import org.jspecify.annotations.Nullable;
import org.lockstep.keras.KerasObject;
import org.lockstep.random.CounterRandom;

/** How a variable's first values are made. */
public sealed interface Initializer extends KerasObject
        permits Zeros,
                Ones,
                Constant,
                RandomNormal,
                RandomUniform,
                TruncatedNormal,
                VarianceScaling,
                Scaled,
                Orthogonal,
                Identity,
                Values {

    /**
     * The first values of a variable, in C order.
     *
     * @param shape the variable's shape
     * @param random the stream to draw from, unless the initializer has a seed of its own
     */
    float[] values(int[] shape, CounterRandom random);

    /** Keras's initializer of that name with its defaults. */
    static Initializer of(@Nullable String name) {
        return name == null ? Scaled.of(Scaled.Preset.GLOROT_UNIFORM) : InitializerNames.parse(name);
    }

    @Override
    default String module() {
        return "keras.initializers";
    }

    @Override
    default String className() {
        return getClass().getSimpleName();
    }
}
