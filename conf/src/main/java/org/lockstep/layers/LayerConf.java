package org.lockstep.layers;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What every layer takes: its name, whether it trains, and the shape of one sample where it is the first layer.
 *
 * @param name null until a model names it
 */
public record LayerConf(
        @Nullable String name, boolean trainable, @Nullable Shape inputShape) implements Serializable {

    /** No name, trainable, no input shape. */
    public static final LayerConf DEFAULT = new LayerConf(null, true, null);

    public LayerConf name(String value) {
        if (value.isEmpty() || value.contains("/")) {
            throw new IllegalArgumentException(
                    "Argument `name` must be a string and cannot contain character `/`. Received: name=" + value);
        }
        return new LayerConf(value, trainable, inputShape);
    }

    public LayerConf trainable(boolean value) {
        return new LayerConf(name, value, inputShape);
    }

    /** The shape of one sample; {@link Shape#UNKNOWN} stands for None. */
    public LayerConf inputShape(int... sample) {
        return new LayerConf(name, trainable, Shape.batchOf(sample));
    }
}
