package org.lockstep.driver;

import org.lockstep.data.Tensor;
import org.lockstep.data.array.ArraySource;
import org.lockstep.random.CounterRandom;
import org.lockstep.random.Purpose;

/** Small images whose class is where their bright spot lies. */
final class Samples {

    static final int SIDE = 8;
    static final int CLASSES = 4;

    private Samples() {}

    static ArraySource of(int count) {
        return ArraySource.of(x(count), y(count));
    }

    private static int label(CounterRandom random) {
        return random.nextInt(CLASSES);
    }

    private static CounterRandom random(int sample) {
        return CounterRandom.of(11, Purpose.SYNTHETIC_DATA, 0, 0, sample);
    }

    static Tensor y(int count) {
        float[] y = new float[count];
        for (int i = 0; i < count; i++) {
            y[i] = label(random(i));
        }
        return Tensor.of(new int[] {count}, y);
    }

    static Tensor x(int count) {
        float[] x = new float[count * SIDE * SIDE];
        for (int i = 0; i < count; i++) {
            CounterRandom random = random(i);
            int label = label(random);
            for (int p = 0; p < SIDE * SIDE; p++) {
                boolean inSpot = p / SIDE / 4 == label / 2 && p % SIDE / 4 == label % 2;
                x[i * SIDE * SIDE + p] = (inSpot ? 0.6f : 0f) + 0.4f * random.nextFloat();
            }
        }
        return Tensor.of(new int[] {count, SIDE, SIDE, 1}, x);
    }
}
