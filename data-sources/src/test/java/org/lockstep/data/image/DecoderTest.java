package org.lockstep.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecoderTest {

    private static final int HEIGHT = 7;
    private static final int WIDTH = 5;

    private final Decoder decoder = new Decoder();

    @ParameterizedTest
    @ValueSource(ints = {BufferedImage.TYPE_INT_RGB, BufferedImage.TYPE_3BYTE_BGR, BufferedImage.TYPE_4BYTE_ABGR})
    void colourPng_keepsItsColours(int type) throws IOException {
        byte[] file = Pictures.encoded("png", Pictures.pattern(type, HEIGHT, WIDTH, 3));
        Pixels colour = decoder.decode(file, ColorMode.RGB);
        Pixels grey = decoder.decode(file, ColorMode.GRAYSCALE);
        assertThat(new int[] {colour.height(), colour.width(), colour.channels(), grey.channels()})
                .containsExactly(HEIGHT, WIDTH, 3, 1);
        for (int i = 0; i < HEIGHT * WIDTH; i++) {
            int rgb = Pictures.rgb(i / WIDTH, i % WIDTH, 3);
            assertThat(at(colour, 3 * i) << 16 | at(colour, 3 * i + 1) << 8 | at(colour, 3 * i + 2))
                    .isEqualTo(rgb);
            double luma = 0.299 * (rgb >> 16) + 0.587 * (rgb >> 8 & 0xFF) + 0.114 * (rgb & 0xFF);
            assertThat((double) at(grey, i)).isBetween(luma - 0.51, luma + 0.51);
        }
    }

    @Test
    void greyPng_isThreeEqualChannels() throws IOException {
        BufferedImage image = new BufferedImage(256, 1, BufferedImage.TYPE_BYTE_GRAY);
        BufferedImage deep = new BufferedImage(256, 1, BufferedImage.TYPE_USHORT_GRAY);
        for (int i = 0; i < 256; i++) {
            image.getRaster().setSample(i, 0, 0, i);
            deep.getRaster().setSample(i, 0, 0, i << 8 | 255 - i);
        }
        for (BufferedImage each : new BufferedImage[] {image, deep}) {
            byte[] file = Pictures.encoded("png", each);
            Pixels colour = decoder.decode(file, ColorMode.RGB);
            Pixels grey = decoder.decode(file, ColorMode.GRAYSCALE);
            for (int i = 0; i < 256; i++) {
                assertThat(new int[] {at(grey, i), at(colour, 3 * i), at(colour, 3 * i + 1), at(colour, 3 * i + 2)})
                        .containsOnly(i);
            }
        }
    }

    @Test
    void palettePng_hasThePalettesColours() throws IOException {
        BufferedImage image = Pictures.pattern(BufferedImage.TYPE_BYTE_INDEXED, HEIGHT, WIDTH, 50);
        Pixels colour = decoder.decode(Pictures.encoded("png", image), ColorMode.RGB);
        for (int i = 0; i < HEIGHT * WIDTH; i++) {
            assertThat(at(colour, 3 * i) << 16 | at(colour, 3 * i + 1) << 8 | at(colour, 3 * i + 2))
                    .isEqualTo(image.getRGB(i % WIDTH, i / WIDTH) & 0xFFFFFF);
        }
    }

    @Test
    void jpeg_isWhatImageIoShows() throws IOException {
        byte[] file = Pictures.encoded("jpeg", Pictures.pattern(BufferedImage.TYPE_INT_RGB, 16, 24, 9));
        BufferedImage shown = ImageIO.read(new ByteArrayInputStream(file));
        Pixels colour = decoder.decode(file, ColorMode.RGB);
        for (int i = 0; i < 16 * 24; i++) {
            assertThat(at(colour, 3 * i) << 16 | at(colour, 3 * i + 1) << 8 | at(colour, 3 * i + 2))
                    .isEqualTo(shown.getRGB(i % 24, i / 24) & 0xFFFFFF);
        }
        byte[] grey = Pictures.encoded("jpeg", Pictures.pattern(BufferedImage.TYPE_BYTE_GRAY, 8, 8, 9));
        Pixels one = decoder.decode(grey, ColorMode.GRAYSCALE);
        Pixels three = decoder.decode(grey, ColorMode.RGB);
        for (int i = 0; i < 64; i++) {
            assertThat(at(three, 3 * i + 1)).isEqualTo(at(one, i));
        }
    }

    @Test
    void filesCutShort_areRefused() throws IOException {
        for (String format : new String[] {"jpeg", "png"}) {
            byte[] file = Pictures.encoded(format, Pictures.pattern(BufferedImage.TYPE_INT_RGB, 32, 32, 1));
            for (int length = 0; length < file.length; length++) {
                byte[] part = Arrays.copyOf(file, length);
                assertThatThrownBy(() -> decoder.decode(part, ColorMode.RGB))
                        .as("%d bytes of a %s", length, format)
                        .isInstanceOf(IIOException.class);
            }
        }
    }

    @Test
    void changedPng_isRefusedWhereverItIsChanged() throws IOException {
        byte[] file = Pictures.encoded("png", Pictures.pattern(BufferedImage.TYPE_INT_RGB, HEIGHT, WIDTH, 1));
        for (int i = 0; i < file.length; i++) {
            byte[] changed = file.clone();
            changed[i] ^= 4;
            assertThatThrownBy(() -> decoder.decode(changed, ColorMode.RGB))
                    .as("offset %d", i)
                    .isInstanceOf(IIOException.class);
        }
    }

    @Test
    void hugeSizeInHeader_isRefused() throws IOException {
        byte[] file = Pictures.encoded("png", Pictures.pattern(BufferedImage.TYPE_INT_RGB, HEIGHT, WIDTH, 1));
        ByteBuffer header = ByteBuffer.wrap(file).putInt(16, 1 << 14).putInt(20, 1 << 14);
        CRC32 sum = new CRC32();
        sum.update(file, 12, 17);
        header.putInt(29, (int) sum.getValue());
        assertThatThrownBy(() -> decoder.decode(file, ColorMode.RGB))
                .isInstanceOf(IIOException.class)
                .hasMessage("it has more than 67108864 pixels: 16384 x 16384");
    }

    @Test
    void otherFormats_areRefused() {
        assertThatThrownBy(() -> decoder.decode("GIF89a".getBytes(StandardCharsets.US_ASCII), ColorMode.RGB))
                .hasMessage("it is neither JPEG nor PNG");
        assertThatThrownBy(() -> decoder.decode(new byte[0], ColorMode.RGB)).hasMessage("it is empty");
    }

    private static int at(Pixels pixels, int place) {
        return pixels.values()[place] & 0xFF;
    }
}
