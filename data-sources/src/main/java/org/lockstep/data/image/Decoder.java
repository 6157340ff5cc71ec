package org.lockstep.data.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import javax.imageio.IIOException;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * JPEG and PNG, told apart by their first bytes, through the JDK's own readers, whatever others are on the class path.
 * Refuses what those would patch up with grey: JPEG data that end too early or are corrupt, PNG chunks with a wrong checksum.
 */
final class Decoder {

    /** A header that lies must not exhaust the memory. */
    private static final long MAX_PIXELS = 1 << 26;

    private final ImageReaderSpi jpeg;
    private final ImageReaderSpi png;

    Decoder() {
        if (System.getProperty("java.awt.headless") == null) {
            System.setProperty("java.awt.headless", "true");
        }
        this.jpeg = reader("jpeg");
        this.png = reader("png");
    }

    private static ImageReaderSpi reader(String format) {
        Iterator<ImageReaderSpi> all = IIORegistry.getDefaultInstance().getServiceProviders(ImageReaderSpi.class, true);
        while (all.hasNext()) {
            ImageReaderSpi candidate = all.next();
            boolean isOwn = Object.class.getModule().getLayer()
                    == candidate.getClass().getModule().getLayer();
            if (isOwn && List.of(candidate.getFormatNames()).contains(format)) {
                return candidate;
            }
        }
        throw new IllegalStateException("Cannot decode images: this JDK has no reader for " + format);
    }

    /** Safe for several threads. */
    Pixels decode(byte[] file, ColorMode mode) throws IIOException {
        if (file.length == 0) {
            throw new IIOException("it is empty");
        }
        boolean isPng = PngChunks.isPng(file);
        if (!isPng && !isJpeg(file)) {
            throw new IIOException("it is neither JPEG nor PNG");
        }
        if (isPng) {
            PngChunks.check(file);
        }
        try {
            return Rasters.pixels(read(isPng ? png : jpeg, file), mode);
        } catch (IIOException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // Broken headers make the readers fail in many ways.
            throw new IIOException(String.valueOf(e.getMessage()), e);
        }
    }

    private static boolean isJpeg(byte[] file) {
        return file.length > 2 && file[0] == (byte) 0xFF && file[1] == (byte) 0xD8 && file[2] == (byte) 0xFF;
    }

    private static BufferedImage read(ImageReaderSpi format, byte[] file) throws IOException {
        List<String> warnings = new ArrayList<>();
        ImageReader reader = format.createReaderInstance();
        try {
            reader.setInput(new MemoryCacheImageInputStream(new ByteArrayInputStream(file)), true, true);
            reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
            long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
            if (pixels > MAX_PIXELS) {
                throw new IIOException("it has more than " + MAX_PIXELS + " pixels: " + reader.getWidth(0) + " x "
                        + reader.getHeight(0));
            }
            BufferedImage image = reader.read(0);
            for (String warning : warnings) {
                if (warning.startsWith("Truncated File") || warning.startsWith("Corrupt JPEG data")) {
                    throw new IIOException(warning);
                }
            }
            return image;
        } finally {
            reader.dispose();
        }
    }
}
