package org.lockstep.data.augment;

import java.util.Arrays;
import org.lockstep.data.Tensor;

/**
 * One image of a batch.
 *
 * @param array the batch's bytes or floats
 * @param offset where the image starts
 */
record ImageRow(Object array, int offset, int height, int width, int channels) {

    static ImageRow of(Tensor x, int row) {
        if (x.rank() != 4) {
            throw new IllegalArgumentException(
                    "Invalid augmentation: samples must be images (height, width, channels). Received a batch of shape "
                            + Arrays.toString(x.shape()));
        }
        int height = x.dimension(1);
        int width = x.dimension(2);
        int channels = x.dimension(3);
        return new ImageRow(
                x.isBytes() ? x.bytes() : x.values(), row * height * width * channels, height, width, channels);
    }

    /** The image as it is now. */
    Object copy() {
        int end = offset + height * width * channels;
        return array instanceof byte[] bytes
                ? Arrays.copyOfRange(bytes, offset, end)
                : Arrays.copyOfRange((float[]) array, offset, end);
    }

    void clear() {
        int end = offset + height * width * channels;
        if (array instanceof byte[] bytes) {
            Arrays.fill(bytes, offset, end, (byte) 0);
        } else {
            Arrays.fill((float[]) array, offset, end, 0);
        }
    }

    /** Writes pixels next to each other in a row of a copy to another place. */
    void put(Object copy, int fromY, int fromX, int toY, int toX, int pixels) {
        int from = (fromY * width + fromX) * channels;
        int to = offset + (toY * width + toX) * channels;
        System.arraycopy(copy, from, array, to, pixels * channels);
    }
}
