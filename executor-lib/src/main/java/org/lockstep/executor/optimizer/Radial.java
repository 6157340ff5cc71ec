package org.lockstep.executor.optimizer;

import org.lockstep.layers.Shape;

/**
 * tf.keras 2's radial constraint on kernels (k, k, in, out). With s = ⌊k / 2⌋ the centre (1×1 for odd k, 2×2 for even)
 * becomes w[s − 1, s − 1] and the rings around it, from the inside, w[s + i, s + i] for i = 0 (odd) or 1 (even) to s − 1.
 *
 * <p>For odd k this moves the centre's value to the first ring, as tf.keras does. A 1×1 kernel stays as it is.
 */
final class Radial {

    private Radial() {}

    static void check(int[] shape) {
        if (shape.length != 4) {
            throw new IllegalArgumentException(
                    "The weight tensor must have rank 4. Received weight tensor with shape: " + Shape.of(shape));
        }
        if (shape[0] != shape[1]) {
            throw new IllegalArgumentException(
                    "Invalid kernel for RadialConstraint: must be square. Received weight tensor with shape: "
                            + Shape.of(shape));
        }
    }

    static void apply(int[] shape, float[] values) {
        int size = shape[0];
        int plane = shape[2] * shape[3];
        if (size == 1) {
            return;
        }
        float[] before = values.clone();
        for (int row = 0; row < size; row++) {
            for (int column = 0; column < size; column++) {
                int source = source(size, row, column);
                System.arraycopy(
                        before, (source * size + source) * plane, values, (row * size + column) * plane, plane);
            }
        }
    }

    /** The place on the diagonal whose value a cell takes. */
    private static int source(int size, int row, int column) {
        int start = size / 2;
        int ring = Math.max(ring(size, row), ring(size, column));
        return start - 1 + ring + (size % 2 == 0 && ring > 0 ? 1 : 0);
    }

    /** Distance from the centre along one axis; both middle cells of an even size are the centre. */
    private static int ring(int size, int place) {
        return place < size / 2 ? (size - 1) / 2 - place : place - size / 2;
    }
}
