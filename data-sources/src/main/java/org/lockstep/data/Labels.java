package org.lockstep.data;

import java.io.Serializable;

/**
 * How a class number becomes y: itself, or a vector of 1 at the class and 0 elsewhere.
 *
 * @param oneHot the length of the vector; 0 for the number itself
 */
public record Labels(int oneHot) implements Serializable {

    /** The shape of one sample's y. */
    public int[] shape() {
        return oneHot == 0 ? new int[0] : new int[] {oneHot};
    }

    /** Writes a row of y. */
    public void write(int label, Tensor y, int row) {
        if (oneHot == 0) {
            y.values()[row] = label;
            return;
        }
        for (int i = 0; i < oneHot; i++) {
            y.values()[row * oneHot + i] = i == label ? 1 : 0;
        }
    }
}
