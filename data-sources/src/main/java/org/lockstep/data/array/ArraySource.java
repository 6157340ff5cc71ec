package org.lockstep.data.array;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.lockstep.data.Batch;
import org.lockstep.data.IndexedSource;
import org.lockstep.data.Samples;
import org.lockstep.data.Tensor;

/**
 * Samples in memory: axis 0 counts them. Every shard carries all of them, since any sample can come to any shard; for
 * data that is large, use files.
 *
 * @param x inputs, (samples, ...)
 * @param y targets, (samples, ...)
 * @param sampleWeight weights, (samples), or null
 */
public record ArraySource(Tensor x, Tensor y, @Nullable Tensor sampleWeight) implements IndexedSource, Samples {

    public ArraySource {
        Batch whole = new Batch(x, y, sampleWeight);
        if (whole.size() == 0) {
            throw new IllegalArgumentException("Invalid `x`: must hold at least one sample. Received: " + x);
        }
        if (sampleWeight != null && sampleWeight.size() != whole.size()) {
            throw new IllegalArgumentException(
                    "Invalid `sample_weight`: must hold one number for each sample. Received: " + sampleWeight);
        }
    }

    public static ArraySource of(Tensor x, Tensor y) {
        return new ArraySource(x, y, null);
    }

    public static ArraySource of(Tensor x, Tensor y, Tensor sampleWeight) {
        return new ArraySource(x, y, sampleWeight);
    }

    @Override
    public int[] sampleShape() {
        return xShape();
    }

    @Override
    public long samples() {
        return x.dimension(0);
    }

    @Override
    public Samples openSamples() {
        return this;
    }

    @Override
    public long count() {
        return samples();
    }

    @Override
    public int[] xShape() {
        return Arrays.copyOfRange(x.shape(), 1, x.rank());
    }

    @Override
    public int[] yShape() {
        return Arrays.copyOfRange(y.shape(), 1, y.rank());
    }

    @Override
    public boolean weighted() {
        return sampleWeight != null;
    }

    @Override
    public void copy(long index, float[] x, int xOffset, float[] y, int yOffset) {
        copyRow(this.x, (int) index, x, xOffset);
        copyRow(this.y, (int) index, y, yOffset);
    }

    @Override
    public float weight(long index) {
        return sampleWeight == null ? 1 : sampleWeight.values()[(int) index];
    }

    private static void copyRow(Tensor from, int row, float[] to, int offset) {
        int length = from.size() / from.dimension(0);
        System.arraycopy(from.values(), row * length, to, offset, length);
    }
}
