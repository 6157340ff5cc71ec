package org.lockstep.data.idx;

import org.lockstep.data.BadRecords;
import org.lockstep.data.Samples;
import org.lockstep.data.Tensor;

/** Images and labels in memory, unsigned bytes. */
final class IdxSamples implements Samples {

    private final IdxContent images;
    private final IdxLabels labels;
    private final int[] xShape;
    private final float scale;
    private final BadRecords badRecords;

    IdxSamples(IdxContent images, IdxLabels labels, int[] xShape, float scale, BadRecords badRecords) {
        this.images = images;
        this.labels = labels;
        this.xShape = xShape;
        this.scale = scale;
        this.badRecords = badRecords;
    }

    /** Refuses labels that are no class. */
    void checkLabels() {
        for (int record = 0; record < count(); record++) {
            labels.of(record);
        }
    }

    @Override
    public BadRecords badRecords() {
        return badRecords;
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
        return labels.targets().shape();
    }

    @Override
    public Float byteScale() {
        return scale;
    }

    @Override
    public void copy(long index, Tensor x, Tensor y, int row) {
        int label = labels.of((int) index);
        byte[] image = images.record((int) index);
        System.arraycopy(image, 0, x.bytes(), row * image.length, image.length);
        labels.targets().write(label, y, row);
    }
}
