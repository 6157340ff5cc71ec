package org.lockstep.data.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BilinearTest {

    /** tf.image.resize([[40, 80], [120, 160]], (4, 4)) gives these numbers. */
    @Test
    void enlarging_isTensorFlows() {
        byte[] values = {40, 80, 120, (byte) 160};
        assertThat(unsigned(resized(new Pixels(2, 2, 1, values), 4, 4)))
                .containsExactly(40, 50, 70, 80, 60, 70, 90, 100, 100, 110, 130, 140, 120, 130, 150, 160);
    }

    @Test
    void shrinking_takesTheNearestFourOnly() {
        byte[] values = new byte[8 * 8];
        for (int i = 0; i < values.length; i++) {
            values[i] = (byte) i;
        }
        // To a quarter: centres at 1.5 and 5.5, so rows 1 and 2, 5 and 6; the mean of 9, 10, 17 and 18 is 13.5.
        assertThat(unsigned(resized(new Pixels(8, 8, 1, values), 2, 2))).containsExactly(14, 18, 46, 50);
    }

    @Test
    void channelsAndSides_areKeptApart() {
        byte[] values = {0, 100, (byte) 200, 10, 110, (byte) 210};
        assertThat(unsigned(resized(new Pixels(1, 2, 3, values), 2, 4)))
                .containsExactly(
                        0, 100, 200, 3, 103, 203, 8, 108, 208, 10, 110, 210, 0, 100, 200, 3, 103, 203, 8, 108, 208, 10,
                        110, 210);
    }

    @Test
    void sameSize_changesNothing() {
        byte[] values = {1, -2, 3, -4};
        byte[] into = new byte[6];
        Bilinear.resize(new Pixels(2, 2, 1, values), 2, 2, into, 1);
        assertThat(into).containsExactly(0, 1, -2, 3, -4, 0);
    }

    private static byte[] resized(Pixels image, int height, int width) {
        byte[] into = new byte[height * width * image.channels()];
        Bilinear.resize(image, height, width, into, 0);
        return into;
    }

    private static int[] unsigned(byte[] values) {
        int[] numbers = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            numbers[i] = values[i] & 0xFF;
        }
        return numbers;
    }
}
