package org.lockstep.executor.step.onednn;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * y = the Euclidean projection of x onto the simplex along an axis; the gradient is changed in place.
 *
 * @param lines the tensor seen from that axis
 */
record SparsemaxOperation(
        Layout.Lines lines, Slot x, Slot y, @Nullable Slot gradient) implements Operation {

    @Override
    public void forward(Frame frame) {
        double[] line = new double[lines.length()];
        for (int start : starts()) {
            read(x.floats(), start, line);
            double tau = threshold(line);
            for (int i = 0; i < line.length; i++) {
                y.floats().put(start + i * lines.inner(), (float) Math.max(line[i] - tau, 0));
            }
        }
    }

    /** τ with Σ max(x − τ, 0) = 1. */
    private static double threshold(double[] line) {
        double[] sorted = line.clone();
        Arrays.sort(sorted);
        double sum = 0;
        double tau = 0;
        for (int count = 1; count <= sorted.length; count++) {
            double next = sorted[sorted.length - count];
            sum += next;
            if (1 + count * next > sum) {
                tau = (sum - 1) / count;
            }
        }
        return tau;
    }

    /** Where y &gt; 0 the gradient loses its mean over those places; elsewhere it is 0. */
    @Override
    public void backward(Frame frame) {
        if (gradient == null) {
            return;
        }
        double[] line = new double[lines.length()];
        double[] slopes = new double[lines.length()];
        for (int start : starts()) {
            read(y.floats(), start, line);
            read(gradient.floats(), start, slopes);
            double sum = 0;
            int support = 0;
            for (int i = 0; i < line.length; i++) {
                if (line[i] > 0) {
                    sum += slopes[i];
                    support++;
                }
            }
            for (int i = 0; i < line.length; i++) {
                double slope = line[i] > 0 ? slopes[i] - sum / support : 0;
                gradient.floats().put(start + i * lines.inner(), (float) slope);
            }
        }
    }

    private void read(FloatBuffer from, int start, double[] line) {
        for (int i = 0; i < line.length; i++) {
            line[i] = from.get(start + i * lines.inner());
        }
    }

    /** Where each line begins. */
    private int[] starts() {
        int[] starts = new int[lines.outer() * lines.inner()];
        for (int i = 0; i < starts.length; i++) {
            starts[i] = i / lines.inner() * lines.length() * lines.inner() + i % lines.inner();
        }
        return starts;
    }

    @Override
    public Uses uses() {
        return Uses.of(List.of(x, y), gradient);
    }
}
