package org.lockstep.data;

/** Samples whose x is (number, -number), y the number and weight a half of it. */
record CountedSamples(long samples) implements IndexedSource, Samples {

    @Override
    public int[] sampleShape() {
        return xShape();
    }

    @Override
    public Samples openSamples() {
        return this;
    }

    @Override
    public long count() {
        return samples;
    }

    @Override
    public int[] xShape() {
        return new int[] {2};
    }

    @Override
    public int[] yShape() {
        return new int[0];
    }

    @Override
    public boolean weighted() {
        return true;
    }

    @Override
    public void copy(long index, Tensor x, Tensor y, int row) {
        x.values()[2 * row] = index;
        x.values()[2 * row + 1] = -index;
        y.values()[row] = index;
    }

    @Override
    public float weight(long index) {
        return index / 2f;
    }
}
