package org.lockstep.losses;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.keras.Dict;

/** (y − p)², averaged over the last axis. */
public record MeanSquaredError(Reduction reduction) implements Loss {

    /** One with Keras's reduction. */
    public MeanSquaredError() {
        this(DEFAULT_REDUCTION);
    }

    public static MeanSquaredError of() {
        return new MeanSquaredError();
    }

    @Override
    public String name() {
        return "mean_squared_error";
    }

    @Override
    public MeanSquaredError reduction(Reduction value) {
        return new MeanSquaredError(value);
    }

    @Override
    public Map<String, @Nullable Object> config() {
        return Dict.of("name", name()).with("reduction", reduction.kerasName()).asMap();
    }
}
