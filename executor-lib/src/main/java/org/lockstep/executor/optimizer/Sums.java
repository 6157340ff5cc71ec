package org.lockstep.executor.optimizer;

/**
 * Sums over the front of an array, always in the same order: in float over {@link #ROWS} numbers that lie {@link #LANES}
 * apart, which the compiler makes vector instructions of, then in double. What is not a whole piece of such rows, and
 * pieces whose squares a float cannot hold, are summed in double alone. Not for use by several threads at once.
 */
final class Sums {

    private static final int LANES = 512;
    private static final int ROWS = 8;
    private static final int PIECE = ROWS * LANES;

    /** Between these a piece's sum has lost nothing to the ends of a float's range. */
    private static final double SMALL = 1e-30;

    private static final double LARGE = 1e38;

    private final float[] lanes = new float[LANES];

    /** Not finite where, and only where, one of the numbers is not. */
    double squares(float[] values, int length) {
        double sum = 0;
        int from = 0;
        for (; from + PIECE <= length; from += PIECE) {
            addSquares(values, from, lanes);
            double piece = sum(lanes);
            sum += piece > SMALL && piece < LARGE ? piece : slowSquares(values, from, from + PIECE);
        }
        return sum + slowSquares(values, from, length);
    }

    double magnitudes(float[] values, int length) {
        double sum = 0;
        int from = 0;
        for (; from + PIECE <= length; from += PIECE) {
            addMagnitudes(values, from, lanes);
            double piece = sum(lanes);
            sum += piece > SMALL && piece < LARGE ? piece : slowMagnitudes(values, from, from + PIECE);
        }
        return sum + slowMagnitudes(values, from, length);
    }

    private static void addSquares(float[] v, int from, float[] lanes) {
        for (int i = 0; i < LANES; i++) {
            float a = v[from + i];
            float b = v[from + i + LANES];
            float c = v[from + i + 2 * LANES];
            float d = v[from + i + 3 * LANES];
            float e = v[from + i + 4 * LANES];
            float f = v[from + i + 5 * LANES];
            float g = v[from + i + 6 * LANES];
            float h = v[from + i + 7 * LANES];
            lanes[i] = ((a * a + b * b) + (c * c + d * d)) + ((e * e + f * f) + (g * g + h * h));
        }
    }

    private static void addMagnitudes(float[] v, int from, float[] lanes) {
        for (int i = 0; i < LANES; i++) {
            float a = Math.abs(v[from + i]);
            float b = Math.abs(v[from + i + LANES]);
            float c = Math.abs(v[from + i + 2 * LANES]);
            float d = Math.abs(v[from + i + 3 * LANES]);
            float e = Math.abs(v[from + i + 4 * LANES]);
            float f = Math.abs(v[from + i + 5 * LANES]);
            float g = Math.abs(v[from + i + 6 * LANES]);
            float h = Math.abs(v[from + i + 7 * LANES]);
            lanes[i] = ((a + b) + (c + d)) + ((e + f) + (g + h));
        }
    }

    private static double sum(float[] lanes) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        for (int i = 0; i < LANES; i += 4) {
            s0 += lanes[i];
            s1 += lanes[i + 1];
            s2 += lanes[i + 2];
            s3 += lanes[i + 3];
        }
        return (s0 + s1) + (s2 + s3);
    }

    private static double slowSquares(float[] values, int from, int to) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = from;
        for (; i + 3 < to; i += 4) {
            s0 += (double) values[i] * values[i];
            s1 += (double) values[i + 1] * values[i + 1];
            s2 += (double) values[i + 2] * values[i + 2];
            s3 += (double) values[i + 3] * values[i + 3];
        }
        for (; i < to; i++) {
            s0 += (double) values[i] * values[i];
        }
        return (s0 + s1) + (s2 + s3);
    }

    private static double slowMagnitudes(float[] values, int from, int to) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = from;
        for (; i + 3 < to; i += 4) {
            s0 += Math.abs(values[i]);
            s1 += Math.abs(values[i + 1]);
            s2 += Math.abs(values[i + 2]);
            s3 += Math.abs(values[i + 3]);
        }
        for (; i < to; i++) {
            s0 += Math.abs(values[i]);
        }
        return (s0 + s1) + (s2 + s3);
    }
}
