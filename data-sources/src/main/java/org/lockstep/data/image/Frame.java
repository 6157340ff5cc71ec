package org.lockstep.data.image;

import java.io.Serializable;

/** What all images are brought to. */
record Frame(int height, int width, ColorMode colorMode) implements Serializable {

    Frame {
        positive("height", height);
        positive("width", width);
        if ((long) height * width * colorMode.channels() > Integer.MAX_VALUE / 2) {
            throw new IllegalArgumentException(
                    "Invalid `height` and `width`: an image must be below 1 GiB. Received: height=%d, width=%d"
                            .formatted(height, width));
        }
    }

    int[] shape() {
        return new int[] {height, width, colorMode.channels()};
    }

    int size() {
        return height * width * colorMode.channels();
    }

    private static void positive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(
                    "Invalid `%s`: must be a positive integer. Received: %d".formatted(name, value));
        }
    }
}
