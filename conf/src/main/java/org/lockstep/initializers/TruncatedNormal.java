package org.lockstep.initializers;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.keras.Dict;
import org.lockstep.random.CounterRandom;

/** Normal numbers, redrawn beyond two standard deviations; the variance is not corrected for that. */
public record TruncatedNormal(
        double mean, double stddev, @Nullable Long seed) implements Initializer {

    public static TruncatedNormal of() {
        return new TruncatedNormal(0, 0.05, null);
    }

    @Override
    public float[] values(int[] shape, CounterRandom random) {
        return Draw.truncatedNormal(shape, Draw.stream(seed, random), mean, stddev);
    }

    @Override
    public Map<String, @Nullable Object> config() {
        return Dict.of("seed", seed).with("mean", mean).with("stddev", stddev).asMap();
    }
}
