package org.lockstep.data.image;

/** The channels that all images are brought to: Keras's {@code color_mode}. Transparency is left out. */
public enum ColorMode {
    /** One channel, the luma of coloured images: (19595 R + 38470 G + 7471 B) / 65536, rounded. */
    GRAYSCALE("grayscale", 1),
    /** Red, green, blue. */
    RGB("rgb", 3);

    private final String kerasValue;
    private final int channels;

    ColorMode(String kerasValue, int channels) {
        this.kerasValue = kerasValue;
        this.channels = channels;
    }

    /** Keras's value: grayscale or rgb. */
    public static ColorMode of(String value) {
        for (ColorMode mode : values()) {
            if (mode.kerasValue.equals(value)) {
                return mode;
            }
        }
        throw new IllegalArgumentException(
                "Invalid `color_mode`: must be \"grayscale\" or \"rgb\". Received: \"" + value + "\"");
    }

    int channels() {
        return channels;
    }
}
