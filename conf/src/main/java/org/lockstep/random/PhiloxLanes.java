package org.lockstep.random;

import java.util.Arrays;

/** Blocks of {@link Philox} side by side: loops over words that the compiler makes vector instructions of. */
final class PhiloxLanes {

    private static final int LANES = 128;

    /** How many numbers all blocks have together. */
    static final int NUMBERS = 4 * LANES;

    /** Each of 32 bits; long because their products are. */
    private final long[] c0 = new long[LANES];

    private final long[] c1 = new long[LANES];
    private final long[] c2 = new long[LANES];
    private final long[] c3 = new long[LANES];

    /** The blocks of this counter and those that follow it, into the target from that place on. */
    void fill(int counter0, int counter1, int counter2, int counter3, int key0, int key1, int[] target, int at) {
        for (int lane = 0; lane < LANES; lane++) {
            c0[lane] = (counter0 + lane) & Philox.WORD;
        }
        Arrays.fill(c1, counter1 & Philox.WORD);
        Arrays.fill(c2, counter2 & Philox.WORD);
        Arrays.fill(c3, counter3 & Philox.WORD);
        int k0 = key0;
        int k1 = key1;
        for (int round = 0; round < Philox.ROUNDS; round++) {
            round(k0 & Philox.WORD, k1 & Philox.WORD);
            k0 += Philox.WEYL_0;
            k1 += Philox.WEYL_1;
        }
        for (int lane = 0; lane < LANES; lane++) {
            int place = at + 4 * lane;
            target[place] = (int) c0[lane];
            target[place + 1] = (int) c1[lane];
            target[place + 2] = (int) c2[lane];
            target[place + 3] = (int) c3[lane];
        }
    }

    private void round(long k0, long k1) {
        for (int lane = 0; lane < LANES; lane++) {
            long product0 = Philox.MULTIPLIER_0 * c0[lane];
            long product1 = Philox.MULTIPLIER_1 * c2[lane];
            c0[lane] = (product1 >>> 32) ^ c1[lane] ^ k0;
            c1[lane] = product1 & Philox.WORD;
            c2[lane] = (product0 >>> 32) ^ c3[lane] ^ k1;
            c3[lane] = product0 & Philox.WORD;
        }
    }
}
