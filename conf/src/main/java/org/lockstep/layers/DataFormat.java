package org.lockstep.layers;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.lockstep.keras.KerasSettings;

/** The order of dimensions of image tensors. */
public enum DataFormat {
    /** (batch, height, width, channels). */
    CHANNELS_LAST,
    /** (batch, channels, height, width). */
    CHANNELS_FIRST;

    /** Keras's name; null is the setting of {@code ~/.keras/keras.json}. */
    public static DataFormat of(@Nullable String name) {
        String wanted = name == null ? KerasSettings.imageDataFormat() : name;
        for (DataFormat format : values()) {
            if (format.kerasName().equals(wanted.toLowerCase(Locale.ROOT))) {
                return format;
            }
        }
        throw new IllegalArgumentException(
                "The `data_format` argument must be one of {'channels_first', 'channels_last'}. Received: data_format="
                        + wanted);
    }

    public String kerasName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public int channelAxis() {
        return this == CHANNELS_LAST ? 3 : 1;
    }

    public int heightAxis() {
        return this == CHANNELS_LAST ? 1 : 2;
    }

    public int widthAxis() {
        return heightAxis() + 1;
    }

    /** An image batch's shape in this order. */
    Shape shape(int batch, int height, int width, int channels) {
        return this == CHANNELS_LAST
                ? Shape.of(batch, height, width, channels)
                : Shape.of(batch, channels, height, width);
    }
}
