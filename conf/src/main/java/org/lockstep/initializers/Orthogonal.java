package org.lockstep.initializers;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.keras.Dict;
import org.lockstep.random.CounterRandom;

/**
 * gain · Q, with Q from the QR decomposition of a normal matrix of max(rows, cols) × min(rows, cols), its columns signed
 * by the diagonal of R, transposed where rows &lt; cols; rows = the product of all dimensions but the last.
 */
public record Orthogonal(double gain, @Nullable Long seed) implements Initializer {

    public static Orthogonal of() {
        return new Orthogonal(1, null);
    }

    @Override
    public float[] values(int[] shape, CounterRandom random) {
        if (shape.length < 2) {
            throw new IllegalArgumentException(
                    "The tensor to initialize must be at least two-dimensional. Received: rank " + shape.length);
        }
        int cols = shape[shape.length - 1];
        int rows = Draw.size(shape) / cols;
        int tall = Math.max(rows, cols);
        int thin = Math.min(rows, cols);
        double[][] columns = orthonormal(tall, thin, Draw.stream(seed, random));
        float[] values = new float[rows * cols];
        for (int i = 0; i < tall; i++) {
            for (int j = 0; j < thin; j++) {
                int place = rows < cols ? j * cols + i : i * cols + j;
                values[place] = (float) (gain * columns[j][i]);
            }
        }
        return values;
    }

    /** Gram and Schmidt, twice for accuracy; the diagonal of R is positive, which is Keras's sign rule. */
    private static double[][] orthonormal(int tall, int thin, CounterRandom random) {
        double[][] columns = new double[thin][tall];
        for (int i = 0; i < tall; i++) {
            for (int j = 0; j < thin; j++) {
                columns[j][i] = random.nextGaussian();
            }
        }
        for (int j = 0; j < thin; j++) {
            for (int pass = 0; pass < 2; pass++) {
                for (int k = 0; k < j; k++) {
                    double dot = dot(columns[j], columns[k]);
                    for (int i = 0; i < tall; i++) {
                        columns[j][i] -= dot * columns[k][i];
                    }
                }
            }
            double norm = Math.sqrt(dot(columns[j], columns[j]));
            for (int i = 0; i < tall; i++) {
                columns[j][i] /= norm;
            }
        }
        return columns;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    @Override
    public Map<String, @Nullable Object> config() {
        return Dict.of("seed", seed).with("gain", gain).asMap();
    }
}
