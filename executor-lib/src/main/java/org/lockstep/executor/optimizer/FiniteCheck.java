package org.lockstep.executor.optimizer;

/**
 * Whether all numbers at the front of an array are finite: 0 times infinity or NaN is NaN, and so is every sum with it. Not
 * for use by several threads at once.
 */
final class FiniteCheck {

    private static final int LANES = 512;
    private static final int PIECE = 8 * LANES;
    private static final int FOLDED = LANES / 8;

    private final float[] lanes = new float[LANES];

    boolean areFinite(float[] values, int length) {
        boolean finite = true;
        int from = 0;
        for (; from + PIECE <= length; from += PIECE) {
            addZeros(values, from, lanes);
            fold(lanes);
            finite &= zeros(lanes, 0, FOLDED) == 0;
        }
        return finite && zeros(values, from, length) == 0;
    }

    private static void addZeros(float[] v, int from, float[] lanes) {
        for (int i = 0; i < LANES; i++) {
            float a = v[from + i] * 0;
            float b = v[from + i + LANES] * 0;
            float c = v[from + i + 2 * LANES] * 0;
            float d = v[from + i + 3 * LANES] * 0;
            float e = v[from + i + 4 * LANES] * 0;
            float f = v[from + i + 5 * LANES] * 0;
            float g = v[from + i + 6 * LANES] * 0;
            float h = v[from + i + 7 * LANES] * 0;
            lanes[i] = ((a + b) + (c + d)) + ((e + f) + (g + h));
        }
    }

    private static void fold(float[] lanes) {
        for (int i = 0; i < FOLDED; i++) {
            float ab = lanes[i] + lanes[i + FOLDED];
            float cd = lanes[i + 2 * FOLDED] + lanes[i + 3 * FOLDED];
            float ef = lanes[i + 4 * FOLDED] + lanes[i + 5 * FOLDED];
            float gh = lanes[i + 6 * FOLDED] + lanes[i + 7 * FOLDED];
            lanes[i] = (ab + cd) + (ef + gh);
        }
    }

    private static float zeros(float[] values, int from, int to) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        int i = from;
        for (; i + 3 < to; i += 4) {
            s0 += values[i] * 0;
            s1 += values[i + 1] * 0;
            s2 += values[i + 2] * 0;
            s3 += values[i + 3] * 0;
        }
        for (; i < to; i++) {
            s0 += values[i] * 0;
        }
        return (s0 + s1) + (s2 + s3);
    }
}
