package org.lockstep.losses;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.keras.Dict;

/** (y − p)², averaged over the last axis. */
public record MeanSquaredError() implements Loss {

    public static MeanSquaredError of() {
        return new MeanSquaredError();
    }

    @Override
    public String name() {
        return "mean_squared_error";
    }

    @Override
    public Map<String, @Nullable Object> config() {
        return Dict.of("name", name()).with("reduction", "sum_over_batch_size").asMap();
    }
}
