package org.lockstep.examples.chaos;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.lockstep.data.Batch;
import org.lockstep.data.Sequence;
import org.lockstep.data.Tensor;
import org.lockstep.random.CounterRandom;
import org.lockstep.random.Purpose;

/**
 * Noisy pictures of ten classes, which come at a pace: so that a step lasts long enough to be struck, on machines whose
 * processors start executors meanwhile. The pace changes no bit.
 *
 * @param length batches
 * @param size of a batch
 * @param paceMillis that a batch takes; 0 for none
 */
record PacedDigits(int length, int size, long seed, int paceMillis) implements Sequence {

    static final int SIDE = 16;
    static final int CLASSES = 10;

    @Override
    public Batch get(int index) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(paceMillis);
        CounterRandom random = CounterRandom.of(seed, Purpose.SYNTHETIC_DATA, 0, index, 0);
        float[] x = new float[size * SIDE * SIDE];
        float[] y = new float[size];
        for (int row = 0; row < size; row++) {
            int label = random.nextInt(CLASSES);
            y[row] = label;
            for (int i = 0; i < SIDE * SIDE; i++) {
                boolean isStroke = (i / SIDE * (label + 2) + i % SIDE * (label % 3 + 1)) % (CLASSES + 1) == label;
                x[row * SIDE * SIDE + i] = random.nextFloat() * 0.5f + (isStroke ? 0.5f : 0);
            }
        }
        while (System.nanoTime() < end && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
        return new Batch(Tensor.of(new int[] {size, SIDE, SIDE, 1}, x), Tensor.of(new int[] {size}, y));
    }
}
