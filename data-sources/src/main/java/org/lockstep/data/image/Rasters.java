package org.lockstep.data.image;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import javax.imageio.IIOException;

/** The bytes of ImageIO's images, as they are in the file: colour profiles and transparency are left out. */
final class Rasters {

    private Rasters() {}

    static Pixels pixels(BufferedImage image, ColorMode mode) throws IIOException {
        int height = image.getHeight();
        int width = image.getWidth();
        byte[] values = new byte[height * width * mode.channels()];
        if (image.getType() == BufferedImage.TYPE_3BYTE_BGR && mode == ColorMode.RGB) {
            turn(bytes(image), values);
        } else if (image.getType() == BufferedImage.TYPE_BYTE_GRAY && mode == ColorMode.GRAYSCALE) {
            System.arraycopy(bytes(image), 0, values, 0, values.length);
        } else {
            byte[] row = new byte[3 * width];
            for (int y = 0; y < height; y++) {
                readRow(image, y, row);
                writeRow(row, values, y * width * mode.channels(), mode);
            }
        }
        return new Pixels(height, width, mode.channels(), values);
    }

    private static byte[] bytes(BufferedImage image) {
        return ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    }

    private static void turn(byte[] bgr, byte[] rgb) {
        for (int i = 0; i < rgb.length; i += 3) {
            rgb[i] = bgr[i + 2];
            rgb[i + 1] = bgr[i + 1];
            rgb[i + 2] = bgr[i];
        }
    }

    /** Any kind of image, as red, green and blue. */
    private static void readRow(BufferedImage image, int y, byte[] row) throws IIOException {
        int width = image.getWidth();
        if (image.getColorModel() instanceof IndexColorModel) {
            int[] colours = image.getRGB(0, y, width, 1, null, 0, width);
            for (int x = 0; x < width; x++) {
                row[3 * x] = (byte) (colours[x] >> 16);
                row[3 * x + 1] = (byte) (colours[x] >> 8);
                row[3 * x + 2] = (byte) colours[x];
            }
            return;
        }
        Raster raster = image.getRaster();
        int bands = raster.getNumBands();
        int shift = raster.getSampleModel().getSampleSize(0) - 8;
        if (shift < 0 || shift > 8) {
            throw new IIOException("values of " + (shift + 8) + " bits are not supported");
        }
        int[] samples = raster.getPixels(0, y, width, 1, (int[]) null);
        // One band is grey, two are grey and transparency.
        int step = bands < 3 ? 0 : 1;
        for (int x = 0; x < width; x++) {
            for (int c = 0; c < 3; c++) {
                row[3 * x + c] = (byte) (samples[x * bands + c * step] >> shift);
            }
        }
    }

    private static void writeRow(byte[] row, byte[] values, int offset, ColorMode mode) {
        if (mode == ColorMode.RGB) {
            System.arraycopy(row, 0, values, offset, row.length);
            return;
        }
        for (int x = 0; x < row.length / 3; x++) {
            int luma = 19595 * (row[3 * x] & 0xFF) + 38470 * (row[3 * x + 1] & 0xFF) + 7471 * (row[3 * x + 2] & 0xFF);
            values[offset + x] = (byte) ((luma + 0x8000) >> 16);
        }
    }
}
