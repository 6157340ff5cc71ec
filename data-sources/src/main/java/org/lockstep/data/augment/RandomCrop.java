package org.lockstep.data.augment;

import org.lockstep.data.Augmentation;
import org.lockstep.data.Tensor;
import org.lockstep.random.CounterRandom;

/**
 * Cuts each image out of itself with zeros around it, at a random place: shifts it by up to {@code padding} pixels along each
 * axis.
 *
 * @param padding pixels of zeros on each side
 */
public record RandomCrop(int padding) implements Augmentation {

    public RandomCrop {
        if (padding < 1 || padding > 1 << 16) {
            throw new IllegalArgumentException("Invalid `crop_padding`: must be in [1, 65536]. Received: " + padding);
        }
    }

    /** With this many pixels of zeros on each side. */
    public static RandomCrop padded(int padding) {
        return new RandomCrop(padding);
    }

    @Override
    public void change(Tensor x, int row, CounterRandom random) {
        int down = random.nextInt(2 * padding + 1) - padding;
        int right = random.nextInt(2 * padding + 1) - padding;
        ImageRow image = ImageRow.of(x, row);
        Object copy = image.copy();
        image.clear();
        int pixels = image.width() - Math.abs(right);
        for (int y = Math.max(0, down); pixels > 0 && y < Math.min(image.height(), image.height() + down); y++) {
            image.put(copy, y - down, Math.max(0, -right), y, Math.max(0, right), pixels);
        }
    }
}
