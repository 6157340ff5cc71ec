package org.lockstep.data.idx;

import org.lockstep.data.Samples;

/** Images and labels in memory, made floats as they are copied. */
final class IdxSamples implements Samples {

    private final IdxContent images;
    private final IdxContent labels;
    private final int[] xShape;
    private final float[] scaled = new float[256];
    /** 0: y is the label itself. */
    private final int oneHot;

    IdxSamples(IdxContent images, IdxContent labels, int[] xShape, float scale, int oneHot) {
        this.images = images;
        this.labels = labels;
        this.xShape = xShape;
        this.oneHot = oneHot;
        for (int value = 0; value < scaled.length; value++) {
            scaled[value] = value * scale;
        }
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
        return oneHot == 0 ? new int[0] : new int[] {oneHot};
    }

    @Override
    public void copy(long index, float[] x, int xOffset, float[] y, int yOffset) {
        byte[] image = images.record((int) index);
        for (int i = 0; i < image.length; i++) {
            x[xOffset + i] = scaled[image[i] & 0xFF];
        }
        int label = labels.record((int) index)[0] & 0xFF;
        if (oneHot == 0) {
            y[yOffset] = label;
        } else {
            for (int i = 0; i < oneHot; i++) {
                y[yOffset + i] = i == label ? 1 : 0;
            }
        }
    }
}
