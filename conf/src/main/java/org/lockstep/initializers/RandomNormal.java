package org.lockstep.initializers;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.keras.Dict;
import org.lockstep.random.CounterRandom;

/** Normal numbers of the given mean and standard deviation. */
public record RandomNormal(
        double mean, double stddev, @Nullable Long seed) implements Initializer {

    public static RandomNormal of() {
        return new RandomNormal(0, 0.05, null);
    }

    @Override
    public float[] values(int[] shape, CounterRandom random) {
        return Draw.normal(shape, Draw.stream(seed, random), mean, stddev);
    }

    @Override
    public Map<String, @Nullable Object> config() {
        return Dict.of("seed", seed).with("mean", mean).with("stddev", stddev).asMap();
    }
}
