package org.lockstep.initializers;

/**
 * Keras's fans of a variable: rank 0: 1 and 1; rank 1: n and n; rank 2: the two dimensions; above: the last two
 * dimensions, each times the product r of the others.
 */
public record Fans(double in, double out) {

    public static Fans of(int[] shape) {
        int rank = shape.length;
        if (rank == 0) {
            return new Fans(1, 1);
        }
        if (rank == 1) {
            return new Fans(shape[0], shape[0]);
        }
        double receptive = 1;
        for (int i = 0; i < rank - 2; i++) {
            receptive *= shape[i];
        }
        return new Fans(shape[rank - 2] * receptive, shape[rank - 1] * receptive);
    }
}
