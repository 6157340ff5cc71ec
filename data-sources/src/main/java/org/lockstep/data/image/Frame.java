package org.lockstep.data.image;

import java.io.Serializable;

/**
 * What all images are brought to.
 *
 * @param height in pixels; 0 with a width of 0: that of the model's input, which is not known yet
 */
record Frame(int height, int width, ColorMode colorMode) implements Serializable {

    Frame {
        if (height != 0 || width != 0) {
            positive("height", height);
            positive("width", width);
        }
        if ((long) height * width * colorMode.channels() > Integer.MAX_VALUE / 2) {
            throw new IllegalArgumentException(
                    "Invalid `height` and `width`: an image must be below 1 GiB. Received: height=%d, width=%d"
                            .formatted(height, width));
        }
    }

    /** In colour, of the size of a model's input. */
    static Frame unsized() {
        return new Frame(0, 0, ColorMode.RGB);
    }

    boolean isSized() {
        return height > 0;
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
