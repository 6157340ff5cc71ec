package org.lockstep.initializers;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.keras.Dict;
import org.lockstep.random.CounterRandom;

/** All {@code value}. */
public record Constant(double value) implements Initializer {

    @Override
    public float[] values(int[] shape, CounterRandom random) {
        return Draw.fill(shape, () -> value);
    }

    @Override
    public Map<String, @Nullable Object> config() {
        return Dict.of("value", value).asMap();
    }
}
