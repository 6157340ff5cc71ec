package org.lockstep.conf;

import java.io.Serializable;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where a run leaves its results, as paths relative to the working directory.
 *
 * @param model the trained model, a {@code .keras} file or, in Keras's older format, {@code .h5} or {@code .hdf5}; null saves
 *     none
 * @param curves the learning curves, a {@code .png} or {@code .svg} file; null draws none
 * @param report curves, confusion matrix, sample predictions and times on one {@code .html} page; null writes none
 */
public record OutputConf(
        @Nullable String model,
        @Nullable String curves,
        @Nullable String report) implements Serializable {

    public OutputConf {
        suffix("model", model, ".keras", ".h5", ".hdf5");
        suffix("curves", curves, ".png", ".svg");
        suffix("report", report, ".html");
    }

    public static OutputConf of() {
        return new OutputConf(null, null, null);
    }

    public OutputConf model(@Nullable String value) {
        return new OutputConf(value, curves, report);
    }

    public OutputConf curves(@Nullable String value) {
        return new OutputConf(model, value, report);
    }

    public OutputConf report(@Nullable String value) {
        return new OutputConf(model, curves, value);
    }

    private static void suffix(String name, @Nullable String path, String... suffixes) {
        if (path != null && Arrays.stream(suffixes).noneMatch(path::endsWith)) {
            throw new IllegalArgumentException(
                    "Invalid `%s`: must end in %s. Received: %s".formatted(name, String.join(" or ", suffixes), path));
        }
    }
}
