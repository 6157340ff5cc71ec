package org.lockstep.callbacks.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.lockstep.data.Tensor;

class WeightImagesTest {

    private static WeightImages images(int[] shape, float... values) {
        return WeightImages.of(Tensor.of(shape, values)).orElseThrow();
    }

    /** All bands of all pixels, row by row. */
    private static int[] pixels(WeightImages images, int index) throws IOException {
        BufferedImage picture = Objects.requireNonNull(
                ImageIO.read(new ByteArrayInputStream(images.pngs().get(index))));
        assertThat(picture.getWidth()).isEqualTo(images.width());
        assertThat(picture.getHeight()).isEqualTo(images.height());
        return picture.getRaster().getPixels(0, 0, images.width(), images.height(), (int[]) null);
    }

    @Test
    void vector_isOneColumn_cutOffAtBlackAndWhite() throws IOException {
        WeightImages bias = images(new int[] {5}, -1, 0, 0.5f, 1, 2);
        assertThat(bias.width()).isEqualTo(1);
        assertThat(pixels(bias, 0)).containsExactly(0, 0, 127, 255, 255);
    }

    @Test
    void matrix_liesOnItsLongerSide() throws IOException {
        WeightImages wide = images(new int[] {1, 2, 3}, 0, 0.1f, 0.2f, 0.3f, 0.4f, 0.5f);
        assertThat(wide.width()).isEqualTo(3);
        assertThat(pixels(wide, 0)).containsExactly(0, 25, 51, 76, 102, 127);
        WeightImages turned = images(new int[] {3, 2}, 0, 0.1f, 0.2f, 0.3f, 0.4f, 0.5f);
        assertThat(turned.width()).isEqualTo(3);
        assertThat(pixels(turned, 0)).containsExactly(0, 51, 102, 25, 76, 127);
    }

    @Test
    void kernelsOfOneChannel_areAPictureEach_threeOfThem() throws IOException {
        WeightImages kernels = images(new int[] {1, 2, 1, 4}, 0, 0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.6f, 0.7f);
        assertThat(kernels.pngs()).hasSize(1);
        WeightImages square = images(
                new int[] {2, 2, 1, 4},
                0,
                0.1f,
                0.2f,
                0.3f,
                0.4f,
                0.5f,
                0.6f,
                0.7f,
                0,
                0.1f,
                0.2f,
                0.3f,
                0.4f,
                0.5f,
                0.6f,
                0.7f);
        assertThat(square.pngs()).hasSize(3);
        assertThat(pixels(square, 1)).containsExactly(25, 127, 25, 127);
        assertThat(pixels(square, 2)).containsExactly(51, 153, 51, 153);
    }

    @Test
    void fourAxes_areColoursWhereTheLastIsThreeOrFour() throws IOException {
        float[] values = new float[2 * 2 * 2 * 4];
        values[3] = 1;
        values[4] = 1;
        WeightImages four = images(new int[] {2, 2, 2, 4}, values);
        assertThat(four.pngs()).hasSize(2);
        assertThat(pixels(four, 0)).startsWith(0, 0, 0, 255, 255, 0, 0, 0);
        float[] colours = new float[2 * 2 * 2 * 3];
        colours[1] = 1;
        assertThat(pixels(images(new int[] {2, 2, 2, 3}, colours), 0)).startsWith(0, 255, 0, 0);
        assertThat(WeightImages.of(Tensor.zeros(3, 3, 2, 8))).isEmpty();
    }

    @Test
    void oneNumber_isNotDrawn() {
        assertThat(WeightImages.of(Tensor.zeros(1))).isEmpty();
    }
}
