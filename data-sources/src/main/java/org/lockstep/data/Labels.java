package org.lockstep.data;

import java.io.Serializable;

/**
 * How a class number becomes y: itself, a column of itself, or a vector of 1 at the class and 0 elsewhere.
 *
 * @param width the length of one sample's y; 0 for a single number
 * @param isOneHot whether y is a vector of classes
 */
public record Labels(int width, boolean isOneHot) implements Serializable {

    /** y is (samples). */
    public static Labels number() {
        return new Labels(0, false);
    }

    /** y is (samples, 1). */
    public static Labels column() {
        return new Labels(1, false);
    }

    /** y is (samples, classes). */
    public static Labels oneHot(int classes) {
        return new Labels(classes, true);
    }

    /** The shape of one sample's y. */
    public int[] shape() {
        return width == 0 ? new int[0] : new int[] {width};
    }

    /** Writes a row of y. */
    public void write(int label, Tensor y, int row) {
        if (!isOneHot) {
            y.values()[row] = label;
            return;
        }
        for (int i = 0; i < width; i++) {
            y.values()[row * width + i] = i == label ? 1 : 0;
        }
    }
}
