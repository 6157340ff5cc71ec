package org.lockstep.initializers;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.keras.Dict;
import org.lockstep.random.CounterRandom;

/** All 0. */
public record Zeros() implements Initializer {

    @Override
    public float[] values(int[] shape, CounterRandom random) {
        return Draw.fill(shape, () -> 0);
    }

    @Override
    public Map<String, @Nullable Object> config() {
        return Dict.of().asMap();
    }
}
