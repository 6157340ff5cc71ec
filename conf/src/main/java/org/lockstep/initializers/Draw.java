package org.lockstep.initializers;

import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.lockstep.random.CounterRandom;
import org.lockstep.random.Purpose;

/** Fills variables from a random stream. */
final class Draw {

    private Draw() {}

    static CounterRandom stream(@Nullable Long seed, CounterRandom random) {
        return seed == null ? random : CounterRandom.of(seed, Purpose.INITIAL_WEIGHTS, 0, 0, 0);
    }

    static int size(int[] shape) {
        int size = 1;
        for (int dimension : shape) {
            size = Math.multiplyExact(size, dimension);
        }
        return size;
    }

    static float[] fill(int[] shape, DoubleSupplier next) {
        float[] values = new float[size(shape)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) next.getAsDouble();
        }
        return values;
    }

    static float[] uniform(int[] shape, CounterRandom random, double low, double high) {
        return fill(shape, () -> low + (high - low) * random.nextDouble());
    }

    static float[] normal(int[] shape, CounterRandom random, double mean, double stddev) {
        return fill(shape, () -> mean + stddev * random.nextGaussian());
    }

    /** Normal numbers redrawn until they lie within two standard deviations. */
    static float[] truncatedNormal(int[] shape, CounterRandom random, double mean, double stddev) {
        return fill(shape, () -> {
            double z = random.nextGaussian();
            while (Math.abs(z) > 2) {
                z = random.nextGaussian();
            }
            return mean + stddev * z;
        });
    }
}
