package org.lockstep.metrics;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.keras.Dict;

/** The root of the mean of (p − y)². */
public record RootMeanSquaredError(String name) implements Metric {

    /** Under Keras's name. */
    public static RootMeanSquaredError of() {
        return new RootMeanSquaredError("root_mean_squared_error");
    }

    @Override
    public RootMeanSquaredError name(String value) {
        return new RootMeanSquaredError(value);
    }

    @Override
    public double result(double[] numbers, int from) {
        return Math.sqrt(Metric.super.result(numbers, from));
    }

    @Override
    public Boolean isHigherBetter() {
        return false;
    }

    @Override
    public String className() {
        return "RootMeanSquaredError";
    }

    @Override
    public Map<String, @Nullable Object> config() {
        return Dict.of("name", name).with("dtype", "float32").asMap();
    }
}
