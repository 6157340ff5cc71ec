package org.lockstep.examples.bench.input;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.lockstep.random.CounterRandom;
import org.lockstep.random.Purpose;

/**
 * Square colour JPEG files in class folders in a zip file: soft patches of colour with some grain, so that they are about as
 * long as photographs of that size. The same seed makes the same files.
 */
public final class GeneratedImages {

    private static final int CLASSES = 10;
    private static final int PATCHES = 8;
    private static final int GRAIN = 24;
    private static final int LEVELS = 256;

    private GeneratedImages() {}

    /**
     * Writes the zip file.
     *
     * @param pixels width and height of each image
     */
    public static void write(Path zip, int images, int pixels, long seed) throws IOException {
        try (OutputStream file = Files.newOutputStream(zip);
                ZipOutputStream out = new ZipOutputStream(file)) {
            for (int i = 0; i < images; i++) {
                CounterRandom random = CounterRandom.of(seed, Purpose.SYNTHETIC_DATA, 0, i, 0);
                out.putNextEntry(new ZipEntry("class%d/%06d.jpg".formatted(i % CLASSES, i)));
                out.write(jpeg(image(pixels, random)));
                out.closeEntry();
            }
        }
    }

    private static byte[] jpeg(BufferedImage image) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "jpg", bytes);
        return bytes.toByteArray();
    }

    private static BufferedImage image(int pixels, CounterRandom random) {
        BufferedImage patches = new BufferedImage(PATCHES, PATCHES, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < PATCHES * PATCHES; i++) {
            patches.setRGB(i % PATCHES, i / PATCHES, random.nextInt(LEVELS * LEVELS * LEVELS));
        }
        BufferedImage image = new BufferedImage(pixels, pixels, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(patches, 0, 0, pixels, pixels, null);
        graphics.dispose();
        for (int y = 0; y < pixels; y++) {
            for (int x = 0; x < pixels; x++) {
                image.setRGB(x, y, grained(image.getRGB(x, y), random.nextInt(GRAIN) - GRAIN / 2));
            }
        }
        return image;
    }

    private static int grained(int rgb, int change) {
        int red = clamp((rgb >> 16 & 0xFF) + change);
        int green = clamp((rgb >> 8 & 0xFF) + change);
        int blue = clamp((rgb & 0xFF) + change);
        return red << 16 | green << 8 | blue;
    }

    private static int clamp(int value) {
        return Math.max(0, Math.min(LEVELS - 1, value));
    }
}
