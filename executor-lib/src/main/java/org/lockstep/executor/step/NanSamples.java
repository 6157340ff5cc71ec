package org.lockstep.executor.step;

import java.util.Arrays;
import org.lockstep.data.Batch;
import org.lockstep.data.Tensor;

/**
 * What comes of samples that have a NaN: in Keras it passes through every activation, where engines take it for a number if
 * the activation is cut off at a bound, as relu is. In training they show in the gradient.
 */
public final class NanSamples {

    private static final int CHUNK = 1024;

    private NanSamples() {}

    /** A batch's sums as Keras has them: the loss of one with a NaN is NaN. */
    public static BatchSums sums(Batch batch, BatchSums sums) {
        return mayHave(batch.x()) && has(batch.x().values(), 0, batch.x().size())
                ? new BatchSums(sums.samples(), Double.NaN, sums.weight(), sums.reduction(), sums.metrics())
                : sums;
    }

    /** The output y of x as Keras has it: that of a sample with a NaN is NaN. y is changed. */
    public static Tensor output(Tensor x, Tensor y) {
        if (!mayHave(x)) {
            return y;
        }
        int samples = x.dimension(0);
        for (int i = 0; i < samples; i++) {
            int in = x.size() / samples;
            if (has(x.values(), i * in, (i + 1) * in)) {
                int out = y.size() / samples;
                Arrays.fill(y.values(), i * out, (i + 1) * out, Float.NaN);
            }
        }
        return y;
    }

    /** Whether there may be a NaN: 0 times NaN or infinity is NaN, and so is every sum with it. */
    private static boolean mayHave(Tensor x) {
        if (x.isBytes()) {
            return false;
        }
        float[] values = x.values();
        float[] lanes = new float[CHUNK];
        float[] chunk = new float[CHUNK];
        for (int from = 0; from < values.length; from += CHUNK) {
            int length = Math.min(CHUNK, values.length - from);
            System.arraycopy(values, from, chunk, 0, length);
            for (int i = 0; i < length; i++) {
                lanes[i] += chunk[i] * 0;
            }
        }
        float sum = 0;
        for (float lane : lanes) {
            sum += lane;
        }
        return sum != 0;
    }

    private static boolean has(float[] values, int from, int to) {
        for (int i = from; i < to; i++) {
            if (Float.isNaN(values[i])) {
                return true;
            }
        }
        return false;
    }
}
