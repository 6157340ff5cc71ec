package org.lockstep.initializers;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.keras.Dict;
import org.lockstep.random.CounterRandom;

/** Uniform numbers in [minval, maxval). */
public record RandomUniform(
        double minval, double maxval, @Nullable Long seed) implements Initializer {

    public static RandomUniform of() {
        return new RandomUniform(-0.05, 0.05, null);
    }

    @Override
    public float[] values(int[] shape, CounterRandom random) {
        return Draw.uniform(shape, Draw.stream(seed, random), minval, maxval);
    }

    @Override
    public Map<String, @Nullable Object> config() {
        return Dict.of("seed", seed)
                .with("minval", minval)
                .with("maxval", maxval)
                .asMap();
    }
}
