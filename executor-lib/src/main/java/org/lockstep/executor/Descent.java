package org.lockstep.executor;

/**
 * A step down a gradient: w −= rate · (sum / samples + signs · sign(w) + multiples · w), with each operation rounded, from
 * the inside out and from left to right. What has a factor of 0 is left out.
 *
 * @param rate the learning rate
 * @param samples that sums are sums over, at least 1
 * @param signs the factor of an L1 penalty
 * @param multiples twice that of an L2 penalty
 */
public record Descent(float rate, float samples, float signs, float multiples) {

    /** Twice this factor brings even the smallest number above 1: for signs without a branch. */
    public static final float LARGE = 0x1p126f;

    /** The weight after the step: what longer ways to it agree with to the bit. */
    public float next(float weight, float sum) {
        float gradient = sum / samples;
        if (signs != 0) {
            gradient += signs * Math.signum(weight);
        }
        if (multiples != 0) {
            gradient += multiples * weight;
        }
        return weight - rate * gradient;
    }

    /** Whether the division is exact, as it is by a power of two. */
    public boolean isDivisionExact() {
        return isPowerOfTwo(samples);
    }

    /** Whether a number of at least 1 is a power of two: its reciprocal is one too, and products have the quotients' bits. */
    public static boolean isPowerOfTwo(float number) {
        return (Float.floatToRawIntBits(number) & 0x007FFFFF) == 0;
    }
}
