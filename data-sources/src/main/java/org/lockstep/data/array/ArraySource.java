package org.lockstep.data.array;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.lockstep.data.Batch;
import org.lockstep.data.Digest;
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
        y = floats(y);
        sampleWeight = sampleWeight == null ? null : floats(sampleWeight);
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

    /** Of all numbers. */
    @Override
    public String fingerprint() {
        Digest digest = new Digest().add(x).add(y);
        return "arrays " + (sampleWeight == null ? digest : digest.add(sampleWeight)).take();
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
    public @Nullable Float byteScale() {
        return x.isBytes() ? x.scale() : null;
    }

    @Override
    public void copy(long index, Tensor x, Tensor y, int row) {
        copyRow(this.x, (int) index, x, row);
        copyRow(this.y, (int) index, y, row);
    }

    @Override
    public float weight(long index) {
        return sampleWeight == null ? 1 : sampleWeight.values()[(int) index];
    }

    private static void copyRow(Tensor from, int row, Tensor to, int toRow) {
        int length = from.size() / from.dimension(0);
        System.arraycopy(array(from), row * length, array(to), toRow * length, length);
    }

    private static Tensor floats(Tensor tensor) {
        return tensor.isBytes() ? Tensor.of(tensor.shape(), tensor.values()) : tensor;
    }

    private static Object array(Tensor tensor) {
        return tensor.isBytes() ? tensor.bytes() : tensor.values();
    }
}
