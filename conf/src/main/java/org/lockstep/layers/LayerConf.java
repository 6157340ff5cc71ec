package org.lockstep.layers;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What every layer takes: its name, whether it trains, the types of its numbers, and the shape of one sample where it is
 * the first layer.
 *
 * @param name null until a model names it
 */
public record LayerConf(
        @Nullable String name, boolean trainable, @Nullable Shape inputShape, DTypePolicy dtype)
        implements Serializable {

    /** No name, trainable, no input shape, float32. */
    public static final LayerConf DEFAULT = new LayerConf(null, true, null, DTypePolicy.FLOAT32);

    public LayerConf name(String value) {
        if (value.isEmpty() || value.contains("/")) {
            throw new IllegalArgumentException(
                    "Argument `name` must be a string and cannot contain character `/`. Received: name=" + value);
        }
        return new LayerConf(value, trainable, inputShape, dtype);
    }

    public LayerConf trainable(boolean value) {
        return new LayerConf(name, value, inputShape, dtype);
    }

    /** The shape of one sample; {@link Shape#UNKNOWN} stands for None. */
    public LayerConf inputShape(int... sample) {
        return new LayerConf(name, trainable, Shape.batchOf(sample), dtype);
    }

    public LayerConf withoutInputShape() {
        return new LayerConf(name, trainable, null, dtype);
    }

    /** The policy of that name: {@code float32} or {@code mixed_bfloat16}. */
    public LayerConf dtype(String policy) {
        return dtype(DTypePolicy.of(policy));
    }

    public LayerConf dtype(DTypePolicy value) {
        return new LayerConf(name, trainable, inputShape, value);
    }
}
