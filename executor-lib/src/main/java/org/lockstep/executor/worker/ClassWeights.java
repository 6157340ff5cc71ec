package org.lockstep.executor.worker;

import org.jspecify.annotations.Nullable;
import org.lockstep.data.Batch;
import org.lockstep.data.Tensor;

/** Keras's {@code class_weight}: a weight for each sample by the class of its target, times its own weight where it has one. */
public final class ClassWeights {

    private final ClassWeighting weighting;

    public ClassWeights(ClassWeighting weighting) {
        this.weighting = weighting;
    }

    /** The batch with its samples' losses weighted; a class without a weight counts 1. */
    public Batch apply(Batch batch) {
        int samples = batch.size();
        Tensor y = batch.y();
        if (y.rank() > 2) {
            throw new IllegalArgumentException(
                    "`class_weight` is only supported for targets of rank 1 or 2. Received: y.shape=" + y);
        }
        int row = samples == 0 ? 0 : y.size() / samples;
        Tensor own = batch.sampleWeight();
        if (own != null && !weighting.withSampleWeights()) {
            throw new IllegalArgumentException("You cannot `class_weight` and `sample_weight` at the same time.");
        }
        if (own != null && own.size() != samples) {
            throw new IllegalArgumentException(
                    "`class_weight` needs one sample weight for each sample. Received: sample_weight=" + own);
        }
        float[] values = new float[samples];
        for (int i = 0; i < samples; i++) {
            values[i] = weight(y.values(), i * row, row, own == null ? 1 : own.values()[i]);
        }
        return new Batch(batch.x(), y, Tensor.of(new int[] {samples}, values));
    }

    private float weight(float[] y, int from, int row, float own) {
        int number = row == 1 ? Math.round(y[from]) : argmax(y, from, row);
        @Nullable Double weight = weighting.weights().get(number);
        return weight == null ? own : (float) (own * weight);
    }

    private static int argmax(float[] y, int from, int row) {
        int best = 0;
        for (int i = 1; i < row; i++) {
            if (y[from + i] > y[from + best]) {
                best = i;
            }
        }
        return best;
    }
}
