package org.lockstep.data.idx;

import org.lockstep.data.Labels;
import org.lockstep.data.Samples;
import org.lockstep.data.Tensor;

/** Images and labels in memory, unsigned bytes. */
final class IdxSamples implements Samples {

    private final IdxContent images;
    private final IdxContent labels;
    private final int[] xShape;
    private final float scale;
    private final Labels targets;

    IdxSamples(IdxContent images, IdxContent labels, int[] xShape, float scale, Labels targets) {
        this.images = images;
        this.labels = labels;
        this.xShape = xShape;
        this.scale = scale;
        this.targets = targets;
    }

    @Override
    public long count() {
        return images.header().records();
    }

    @Override
    public int[] xShape() {
        return xShape.clone();
    }

    @Override
    public int[] yShape() {
        return targets.shape();
    }

    @Override
    public Float byteScale() {
        return scale;
    }

    @Override
    public void copy(long index, Tensor x, Tensor y, int row) {
        byte[] image = images.record((int) index);
        System.arraycopy(image, 0, x.bytes(), row * image.length, image.length);
        targets.write(labels.record((int) index)[0] & 0xFF, y, row);
    }
}
