package org.lockstep.data;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * One step's samples of one shard: axis 0 of every tensor counts samples. It may be 0: the shard then joins the step
 * with nothing.
 *
 * @param x inputs, (samples, ...)
 * @param y targets, (samples, ...)
 * @param sampleWeight one weight for each sample, (samples), or null for weights of 1
 */
public record Batch(Tensor x, Tensor y, @Nullable Tensor sampleWeight) implements Serializable {

    /** No samples, of no shape: what a shard that has run out joins a step with. */
    public static final Batch NONE = new Batch(Tensor.zeros(0), Tensor.zeros(0));

    public Batch {
        int samples = x.dimension(0);
        if (y.dimension(0) != samples || (sampleWeight != null && sampleWeight.dimension(0) != samples)) {
            throw new IllegalArgumentException("Data cardinality is ambiguous. Make sure all arrays contain the same"
                    + " number of samples. 'x' sizes: " + samples + ", 'y' sizes: " + y.dimension(0)
                    + (sampleWeight == null ? "" : ", 'sample_weight' sizes: " + sampleWeight.dimension(0)));
        }
    }

    public Batch(Tensor x, Tensor y) {
        this(x, y, null);
    }

    /** Whether it is {@link #NONE}, or a copy of it. */
    public boolean isNone() {
        return x.rank() == 1 && x.size() == 0;
    }

    /** A copy of the samples [from, to). */
    public Batch rows(int from, int to) {
        return new Batch(x.rows(from, to), y.rows(from, to), sampleWeight == null ? null : sampleWeight.rows(from, to));
    }

    /** The number of samples; may be 0. */
    public int size() {
        return x.dimension(0);
    }
}
