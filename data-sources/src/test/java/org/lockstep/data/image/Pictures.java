package org.lockstep.data.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;

/** Little images with a pattern that a number chooses. */
final class Pictures {

    private Pictures() {}

    static BufferedImage pattern(int type, int height, int width, int number) {
        BufferedImage image = new BufferedImage(width, height, type);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, 0xFF000000 | rgb(y, x, number));
            }
        }
        return image;
    }

    /** The colour at a place: smooth, so that JPEG keeps it roughly. */
    static int rgb(int y, int x, int number) {
        return (7 * x + number) % 200 << 16 | (5 * y + 2 * number) % 200 << 8 | (3 * x + 3 * y + 3 * number) % 200;
    }

    static byte[] encoded(String format, BufferedImage image) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        if (!ImageIO.write(image, format, bytes)) {
            throw new IOException("no writer of " + format + " for type " + image.getType());
        }
        return bytes.toByteArray();
    }

    static Path write(Path file, int height, int width, int number) throws IOException {
        Files.createDirectories(file.getParent());
        String format = file.toString().toLowerCase(java.util.Locale.ROOT).endsWith("png") ? "png" : "jpeg";
        return Files.write(file, encoded(format, pattern(BufferedImage.TYPE_INT_RGB, height, width, number)));
    }

    /** All files below a folder, their names as they are below its parent, in the order of a disk that knows none. */
    static Path zip(Path folder, Path zip) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder)) {
            files = walk.filter(Files::isRegularFile)
                    .sorted((a, b) -> b.compareTo(a))
                    .toList();
        }
        try (OutputStream stream = Files.newOutputStream(zip);
                ZipOutputStream out = new ZipOutputStream(stream)) {
            for (Path file : files) {
                out.putNextEntry(new ZipEntry(
                        folder.resolve("..").normalize().relativize(file).toString()));
                Files.copy(file, out);
            }
        }
        return zip;
    }
}
