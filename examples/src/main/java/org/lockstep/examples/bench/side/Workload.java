package org.lockstep.examples.bench.side;

import java.io.Serializable;
import org.lockstep.data.Samples;
import org.lockstep.data.Tensor;
import org.lockstep.data.synthetic.SyntheticDigits;

/**
 * The work that both sides do: LeNet on synthetic digits, in synchronous steps of a global batch of 64.
 *
 * @param master Spark's master, such as {@code local[2]}
 * @param steps steps in an epoch
 */
public record Workload(String master, int steps) implements Serializable {

    public static final int WORKERS = 2;
    public static final int BATCH_PER_WORKER = 32;
    public static final int GLOBAL_BATCH = WORKERS * BATCH_PER_WORKER;
    public static final double LEARNING_RATE = 0.05;
    public static final long SEED = 1;
    public static final int SIDE = 28;
    public static final int CLASSES = 10;

    private static final int HELD_OUT = 1000;

    public Workload {
        if (steps < 1) {
            throw new IllegalArgumentException("Invalid `steps`: must be a positive integer. Received: " + steps);
        }
    }

    /** The images of an epoch. */
    public int images() {
        return steps * GLOBAL_BATCH;
    }

    /** Training images x (n, 28, 28, 1) in [0, 1] and their digits y (n). */
    public Images training() {
        return training(0, images());
    }

    /** The training images [from, to). */
    public Images training(int from, int to) {
        return images(from, to - from);
    }

    /** Images that training does not see. */
    public Images heldOut() {
        return images(images(), HELD_OUT);
    }

    private Images images(int from, int count) {
        Samples samples = SyntheticDigits.of((long) images() + HELD_OUT, SEED).openSamples();
        Tensor x = samples.emptyX(count);
        Tensor y = samples.emptyY(count);
        for (int i = 0; i < count; i++) {
            samples.copy((long) from + i, x, y, i);
        }
        return new Images(x, y);
    }

    /**
     * Images in memory.
     *
     * @param x pixels, (n, 28, 28, 1)
     * @param y digits, (n)
     */
    public record Images(Tensor x, Tensor y) {}
}
