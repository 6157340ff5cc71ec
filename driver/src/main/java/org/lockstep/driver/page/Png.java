package org.lockstep.driver.page;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.lockstep.data.Tensor;

/** A tensor's values as a picture inside a page. */
final class Png {

    private static final int LARGEST = 192;

    private Png() {}

    /**
     * A data: address.
     *
     * @param image (height, width) or (height, width, channels) with 1 or 3 channels
     * @param black the value drawn black
     * @param white the value drawn white
     */
    static String dataUri(Tensor image, double black, double white) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(small(picture(image, black, white)), "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    private static BufferedImage picture(Tensor image, double black, double white) {
        int height = image.dimension(0);
        int width = image.dimension(1);
        int channels = image.size() / (height * width);
        int type = channels == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB;
        BufferedImage picture = new BufferedImage(width, height, type);
        int[] pixels = new int[image.size()];
        for (int i = 0; i < pixels.length; i++) {
            double level = 255 * (image.values()[i] - black) / (white - black);
            pixels[i] = (int) Math.round(Math.max(0, Math.min(255, level)));
        }
        picture.getRaster().setPixels(0, 0, width, height, pixels);
        return picture;
    }

    private static BufferedImage small(BufferedImage picture) {
        int longest = Math.max(picture.getWidth(), picture.getHeight());
        if (longest <= LARGEST) {
            return picture;
        }
        int width = Math.max(1, picture.getWidth() * LARGEST / longest);
        int height = Math.max(1, picture.getHeight() * LARGEST / longest);
        BufferedImage smaller = new BufferedImage(width, height, picture.getType());
        Graphics2D graphics = smaller.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        graphics.drawImage(picture, 0, 0, width, height, null);
        graphics.dispose();
        return smaller;
    }
}
