package org.lockstep.executor.optimizer;

/**
 * Sums over the front of an array, always in the same order: a block in float over 64 numbers that lie {@link #LANES}
 * apart, which the compiler makes vector instructions of, then in double. What is not a whole block, and blocks whose
 * squares a float cannot hold, are summed in double alone. Not for use by several threads at once.
 */
final class Sums {

    private static final int LANES = 64;
    private static final int MIDDLE = 4 * LANES;
    private static final int WIDE = 4 * MIDDLE;

    private final float[] wide = new float[WIDE];
    private final float[] middle = new float[MIDDLE];
    private final float[] lanes = new float[LANES];

    /** Whether a block's sum in float has lost nothing to the ends of a float's range. */
    static boolean isPrecise(double block) {
        return block > 1e-30 && block < 1e38;
    }

    /** Not finite where, and only where, one of the numbers is not. */
    double squares(float[] values, int length) {
        if (length < Block.LENGTH) {
            return slowSquares(values, 0, length);
        }
        addSquares(values, wide);
        double block = sum();
        return (isPrecise(block) ? block : slowSquares(values, 0, Block.LENGTH))
                + slowSquares(values, Block.LENGTH, length);
    }

    double magnitudes(float[] values, int length) {
        if (length < Block.LENGTH) {
            return slowMagnitudes(values, 0, length);
        }
        addMagnitudes(values, wide);
        double block = sum();
        return (isPrecise(block) ? block : slowMagnitudes(values, 0, Block.LENGTH))
                + slowMagnitudes(values, Block.LENGTH, length);
    }

    // The compiler makes no vector instructions of eight numbers at once, nor of places that change from call to call.

    private static void addSquares(float[] v, float[] wide) {
        for (int i = 0; i < WIDE; i++) {
            float a = v[i];
            float b = v[i + WIDE];
            float c = v[i + 2 * WIDE];
            float d = v[i + 3 * WIDE];
            wide[i] = (a * a + b * b) + (c * c + d * d);
        }
    }

    private static void addMagnitudes(float[] v, float[] wide) {
        for (int i = 0; i < WIDE; i++) {
            float a = Math.abs(v[i]);
            float b = Math.abs(v[i + WIDE]);
            float c = Math.abs(v[i + 2 * WIDE]);
            float d = Math.abs(v[i + 3 * WIDE]);
            wide[i] = (a + b) + (c + d);
        }
    }

    private static void addWide(float[] wide, float[] middle) {
        for (int i = 0; i < MIDDLE; i++) {
            middle[i] = (wide[i] + wide[i + MIDDLE]) + (wide[i + 2 * MIDDLE] + wide[i + 3 * MIDDLE]);
        }
    }

    private static void addMiddle(float[] middle, float[] lanes) {
        for (int i = 0; i < LANES; i++) {
            lanes[i] = (middle[i] + middle[i + LANES]) + (middle[i + 2 * LANES] + middle[i + 3 * LANES]);
        }
    }

    private double sum() {
        addWide(wide, middle);
        addMiddle(middle, lanes);
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
