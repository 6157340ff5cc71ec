package org.lockstep.keras;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keras's global settings: the numeric epsilon and what {@code ~/.keras/keras.json} says of image layouts. */
public final class KerasSettings {

    /** Keras's {@code backend.epsilon()}. */
    public static final double EPSILON = 1e-7;

    /** Keras's layout where no configuration file says otherwise. */
    public static final String DEFAULT_IMAGE_DATA_FORMAT = "channels_last";

    private static final Pattern IMAGE_DATA_FORMAT = Pattern.compile("\"image_data_format\"\\s*:\\s*\"([^\"]*)\"");

    private KerasSettings() {}

    /** {@code image_data_format} of {@code ~/.keras/keras.json} (or of {@code $KERAS_HOME}), else channels_last. */
    public static String imageDataFormat() {
        String keras = System.getenv("KERAS_HOME");
        Path home = keras == null ? Path.of(System.getProperty("user.home", "."), ".keras") : Path.of(keras);
        return imageDataFormat(home.resolve("keras.json"));
    }

    static String imageDataFormat(Path file) {
        if (!Files.isRegularFile(file)) {
            return DEFAULT_IMAGE_DATA_FORMAT;
        }
        try {
            Matcher matcher = IMAGE_DATA_FORMAT.matcher(Files.readString(file));
            return matcher.find() ? matcher.group(1) : DEFAULT_IMAGE_DATA_FORMAT;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read Keras's settings " + file, e);
        }
    }
}
