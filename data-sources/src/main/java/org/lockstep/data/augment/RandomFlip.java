package org.lockstep.data.augment;

import org.lockstep.data.Augmentation;
import org.lockstep.data.Tensor;
import org.lockstep.random.CounterRandom;

/**
 * Turns half of the images over, as Keras's {@code RandomFlip}: one decision for each image, along all axes of the mode.
 *
 * @param mode along which axes
 */
public record RandomFlip(Mode mode) implements Augmentation {

    /** The axes along which images are flipped. */
    public enum Mode {
        /** Left and right. */
        HORIZONTAL("horizontal"),
        /** Top and bottom. */
        VERTICAL("vertical"),
        /** Both at once, half a turn. */
        HORIZONTAL_AND_VERTICAL("horizontal_and_vertical");

        private final String kerasValue;

        Mode(String kerasValue) {
            this.kerasValue = kerasValue;
        }
    }

    /** Left and right. */
    public static RandomFlip horizontal() {
        return new RandomFlip(Mode.HORIZONTAL);
    }

    /** Keras's mode: horizontal, vertical or horizontal_and_vertical. */
    public static RandomFlip of(String mode) {
        for (Mode each : Mode.values()) {
            if (each.kerasValue.equals(mode)) {
                return new RandomFlip(each);
            }
        }
        throw new IllegalArgumentException(
                "Invalid `flip`: must be \"horizontal\", \"vertical\" or \"horizontal_and_vertical\". Received: \""
                        + mode + "\"");
    }

    @Override
    public void change(Tensor x, int row, CounterRandom random) {
        if (random.nextFloat() > 0.5f) {
            return;
        }
        ImageRow image = ImageRow.of(x, row);
        Object copy = image.copy();
        for (int y = 0; y < image.height(); y++) {
            int fromY = mode == Mode.HORIZONTAL ? y : image.height() - 1 - y;
            if (mode == Mode.VERTICAL) {
                image.put(copy, fromY, 0, y, 0, image.width());
                continue;
            }
            for (int column = 0; column < image.width(); column++) {
                image.put(copy, fromY, image.width() - 1 - column, y, column, 1);
            }
        }
    }
}
