package org.lockstep.layers;

import java.util.Locale;

/** How a window meets the border of its input. */
public enum Padding {
    /** Only windows that lie inside: ⌊(n − k) / s⌋ + 1 places. */
    VALID,
    /** ⌈n / s⌉ places; zeros outside, the odd one at the bottom and right. */
    SAME;

    /** Keras's name in any case. */
    public static Padding of(String name) {
        for (Padding padding : values()) {
            if (padding.name().equals(name.toUpperCase(Locale.ROOT))) {
                return padding;
            }
        }
        throw new IllegalArgumentException(
                "The `padding` argument must be one of {'valid', 'same'}. Received: " + name);
    }

    public String kerasName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Places of a window along one axis, or {@link Shape#UNKNOWN}; zero or less when a valid window does not fit.
     *
     * @param extent the window's size with its dilation, (k − 1) · d + 1
     */
    public int outputSize(int inputSize, int extent, int stride) {
        if (inputSize == Shape.UNKNOWN) {
            return Shape.UNKNOWN;
        }
        return this == SAME ? ceilDiv(inputSize, stride) : Math.floorDiv(inputSize - extent, stride) + 1;
    }

    /** Zeros before (top or left) along one axis; the rest of {@link #total} comes after. */
    public int before(int inputSize, int extent, int stride) {
        return total(inputSize, extent, stride) / 2;
    }

    /** All zeros along one axis: max((⌈n / s⌉ − 1) · s + k − n, 0) for same, 0 for valid. */
    public int total(int inputSize, int extent, int stride) {
        if (this == VALID) {
            return 0;
        }
        return Math.max((ceilDiv(inputSize, stride) - 1) * stride + extent - inputSize, 0);
    }

    private static int ceilDiv(int a, int b) {
        return -Math.floorDiv(-a, b);
    }
}
