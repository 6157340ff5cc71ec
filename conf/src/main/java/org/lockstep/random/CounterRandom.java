package org.lockstep.random;

/**
 * A counter-based random generator, Philox 4x32-10: number {@code i} of a stream is a function of the stream's key and
 * {@code i} alone, so a stream can be recomputed anywhere and no two streams share state.
 *
 * <p>Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011. The key is (seed), the
 * counter is (index, purpose and epoch, step, shard). Not safe for use by several threads at once; make one per use.
 */
public final class CounterRandom {

    private static final int ROUNDS = 10;
    private static final int WEYL_0 = 0x9E3779B9;
    private static final int WEYL_1 = 0xBB67AE85;
    private static final long MULTIPLIER_0 = 0xD2511F53L;
    private static final long MULTIPLIER_1 = 0xCD9E8D57L;

    private final int key0;
    private final int key1;
    private final int word1;
    private final int word2;
    private final int word3;
    private final int[] block = new int[4];
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
        philox(counter, word1, word2, word3, key0, key1, block);
    }

    /** Ten rounds over a counter of four words with a key of two, into {@code block}. */
    static void philox(int counter0, int counter1, int counter2, int counter3, int key0, int key1, int[] block) {
        int c0 = counter0;
        int c1 = counter1;
        int c2 = counter2;
        int c3 = counter3;
        int k0 = key0;
        int k1 = key1;
        for (int round = 0; round < ROUNDS; round++) {
            long product0 = MULTIPLIER_0 * (c0 & 0xFFFFFFFFL);
            long product1 = MULTIPLIER_1 * (c2 & 0xFFFFFFFFL);
            c0 = (int) (product1 >>> 32) ^ c1 ^ k0;
            c1 = (int) product1;
            c2 = (int) (product0 >>> 32) ^ c3 ^ k1;
            c3 = (int) product0;
            k0 += WEYL_0;
            k1 += WEYL_1;
        }
        block[0] = c0;
        block[1] = c1;
        block[2] = c2;
        block[3] = c3;
    }
}
