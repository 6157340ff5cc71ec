package org.lockstep.callbacks.tensorboard;

import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.lockstep.data.Tensor;

/**
 * A weight as pictures, in the form that Keras gives it: axes of length 1 dropped, a vector is one column; a matrix lies on its
 * longer side; of three axes the last counts pictures; of four the first does, and the last, of 3 or 4, is colours.
 *
 * @param pngs the first {@value #MOST}; 0 is black and 1 white, values beyond are cut off
 */
record WeightImages(int width, int height, List<byte[]> pngs) {

    private static final int MOST = 3;

    /** Scales 0 to 1 to a byte as TensorFlow's {@code convert_image_dtype} does, which cuts off the fraction. */
    private static final float LEVELS = 255.5f;

    /** The pictures of a weight; nothing where Keras draws none. */
    static Optional<WeightImages> of(Tensor weight) {
        int[] axes = Arrays.stream(weight.shape()).filter(axis -> axis != 1).toArray();
        float[] values = weight.values();
        return switch (axes.length) {
            case 1 -> Optional.of(of(values, 1, axes[0], 1, 1));
            case 2 ->
                Optional.of(
                        axes[0] > axes[1]
                                ? of(transposed(values, axes[0], axes[1]), 1, axes[1], axes[0], 1)
                                : of(values, 1, axes[0], axes[1], 1));
            case 3 -> Optional.of(of(transposed(values, axes[0] * axes[1], axes[2]), axes[2], axes[0], axes[1], 1));
            case 4 ->
                axes[3] == 3 || axes[3] == 4
                        ? Optional.of(of(values, axes[0], axes[1], axes[2], axes[3]))
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static float[] transposed(float[] values, int rows, int columns) {
        float[] turned = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            turned[i % columns * rows + i / columns] = values[i];
        }
        return turned;
    }

    private static WeightImages of(float[] values, int count, int height, int width, int channels) {
        int size = height * width * channels;
        List<byte[]> pngs = new ArrayList<>();
        for (int i = 0; i < Math.min(count, MOST); i++) {
            pngs.add(png(values, i * size, height, width, channels));
        }
        return new WeightImages(width, height, pngs);
    }

    private static byte[] png(float[] values, int offset, int height, int width, int channels) {
        int type = switch (channels) {
            case 1 -> BufferedImage.TYPE_BYTE_GRAY;
            case 3 -> BufferedImage.TYPE_INT_RGB;
            default -> BufferedImage.TYPE_INT_ARGB;
        };
        BufferedImage picture = new BufferedImage(width, height, type);
        WritableRaster raster = picture.getRaster();
        int[] pixel = new int[channels];
        for (int i = 0; i < height * width; i++) {
            for (int c = 0; c < channels; c++) {
                pixel[c] = level(values[offset + i * channels + c]);
            }
            raster.setPixel(i % width, i / width, pixel);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(picture, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static int level(float value) {
        return (int) Math.max(0, Math.min(255, value * LEVELS));
    }
}
