package org.lockstep.driver.predictions;

import org.lockstep.data.Tensor;

/**
 * A held-out sample and what the model says of it.
 *
 * @param index its place among the held-out samples, 0-based
 * @param image its input without the batch axis, such as (height, width, channels)
 * @param truth its class
 * @param predicted the class that the model names
 * @param probability which the model gives that class
 */
public record Sample(long index, Tensor image, int truth, int predicted, double probability) {

    public boolean isRight() {
        return truth == predicted;
    }
}
