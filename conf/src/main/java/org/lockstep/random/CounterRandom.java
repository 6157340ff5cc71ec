package org.lockstep.random;

import org.jspecify.annotations.Nullable;

/**
 * A counter-based random generator, Philox 4x32-10: number {@code i} of a stream is a function of the stream's key and
 * {@code i} alone, so a stream can be recomputed anywhere and no two streams share state.
 *
 * <p>Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011. The key is (seed), the
 * counter is (index, purpose and epoch, step, shard). Not safe for use by several threads at once; make one per use.
 */
public final class CounterRandom {

    private final int key0;
    private final int key1;
    private final int word1;
    private final int word2;
    private final int word3;
    private final int[] block = new int[4];
    private @Nullable PhiloxLanes lanes;
    private long next;

    private CounterRandom(long seed, int word1, int word2, int word3) {
        this.key0 = (int) seed;
        this.key1 = (int) (seed >>> 32);
        this.word1 = word1;
        this.word2 = word2;
        this.word3 = word3;
    }

    /**
     * The stream of one purpose, epoch, step and shard (or whatever the purpose counts in these places).
     *
     * @param epoch 0-based, below 2^24
     */
    public static CounterRandom of(long seed, Purpose purpose, int epoch, int step, int shard) {
        if (epoch < 0 || epoch >= 1 << 24) {
            throw new IllegalArgumentException("Invalid `epoch`: must be in [0, 2^24). Received: " + epoch);
        }
        return new CounterRandom(seed, purpose.code() << 24 | epoch, step, shard);
    }

    /** The next 32 random bits. */
    public int nextInt() {
        int lane = (int) (next & 3);
        if (lane == 0) {
            fill((int) (next >>> 2));
        }
        next++;
        return block[lane];
    }

    /** The same numbers as from so many calls of {@link #nextInt()}, in a third of their time where they are many. */
    public void nextInts(int[] target) {
        int at = 0;
        while (at < target.length) {
            if ((next & 3) == 0 && target.length - at >= PhiloxLanes.NUMBERS) {
                if (lanes == null) {
                    lanes = new PhiloxLanes();
                }
                lanes.fill((int) (next >>> 2), word1, word2, word3, key0, key1, target, at);
                next += PhiloxLanes.NUMBERS;
                at += PhiloxLanes.NUMBERS;
            } else {
                target[at++] = nextInt();
            }
        }
    }

    /** A uniform number in [0, 1) with 24 random bits: every value is exact in a float. */
    public float nextFloat() {
        return (nextInt() >>> 8) * 0x1p-24f;
    }

    /** A uniform number in [0, 1) with 53 random bits. */
    public double nextDouble() {
        int high = nextInt() >>> 5;
        int low = nextInt() >>> 6;
        return high * 0x1p-27 + low * 0x1p-53;
    }

    /** A uniform integer in [0, bound), without bias. */
    public int nextInt(int bound) {
        if (bound <= 0) {
            throw new IllegalArgumentException("Invalid `bound`: must be positive. Received: " + bound);
        }
        // Lemire, "Fast random integer generation in an interval", 2019.
        long product = (nextInt() & 0xFFFFFFFFL) * bound;
        long low = product & 0xFFFFFFFFL;
        if (low < bound) {
            long threshold = (1L << 32) % bound;
            while (low < threshold) {
                product = (nextInt() & 0xFFFFFFFFL) * bound;
                low = product & 0xFFFFFFFFL;
            }
        }
        return (int) (product >>> 32);
    }

    /** A standard normal number (Box and Muller, the cosine branch). */
    public double nextGaussian() {
        double radius = StrictMath.sqrt(-2.0 * StrictMath.log(1.0 - nextDouble()));
        return radius * StrictMath.cos(2.0 * StrictMath.PI * nextDouble());
    }

    /** A random order of 0..length-1 (Fisher and Yates). */
    public int[] permutation(int length) {
        int[] order = new int[length];
        for (int i = 0; i < length; i++) {
            int j = nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    private void fill(int counter) {
        Philox.block(counter, word1, word2, word3, key0, key1, block);
    }
}
