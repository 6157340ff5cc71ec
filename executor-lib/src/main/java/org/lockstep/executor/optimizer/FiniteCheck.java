package org.lockstep.executor.optimizer;

import java.util.Arrays;

/**
 * Whether numbers are finite, asked once for many blocks: 0 times infinity or NaN is NaN, and so is every sum with it. Not
 * for use by several threads at once.
 */
final class FiniteCheck {

    private final float[] lanes = new float[Block.LENGTH];

    /** Takes in the numbers at the front of an array, of a block at most. */
    void look(float[] values, int length) {
        // The compiler makes vector instructions of a loop only where all arrays are read at the same places.
        addZeros(lanes, values, length);
    }

    private static void addZeros(float[] lanes, float[] values, int length) {
        for (int i = 0; i < length; i++) {
            lanes[i] += values[i] * 0;
        }
    }

    /** Whether all numbers were finite that it took in since it was last asked. */
    boolean wereFinite() {
        float sum = 0;
        for (float lane : lanes) {
            sum += lane;
        }
        if (sum == 0) {
            return true;
        }
        Arrays.fill(lanes, 0);
        return false;
    }
}
