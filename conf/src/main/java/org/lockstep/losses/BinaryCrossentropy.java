package org.lockstep.losses;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.keras.Dict;

/** −(y log p + (1 − y) log(1 − p)), p clipped to [ε, 1 − ε], averaged over the last axis; y smoothed to y (1 − s) + s / 2. */
public record BinaryCrossentropy(boolean fromLogits, double labelSmoothing, Reduction reduction) implements Loss {

    public BinaryCrossentropy {
        Loss.checkSmoothing(labelSmoothing);
    }

    /** One with Keras's reduction. */
    public BinaryCrossentropy(boolean fromLogits, double labelSmoothing) {
        this(fromLogits, labelSmoothing, DEFAULT_REDUCTION);
    }

    public static BinaryCrossentropy of() {
        return new BinaryCrossentropy(false, 0);
    }

    @Override
    public String name() {
        return "binary_crossentropy";
    }

    @Override
    public BinaryCrossentropy reduction(Reduction value) {
        return new BinaryCrossentropy(fromLogits, labelSmoothing, value);
    }

    @Override
    public Map<String, @Nullable Object> config() {
        return Dict.of("name", name())
                .with("reduction", reduction.kerasName())
                .with("from_logits", fromLogits)
                .with("label_smoothing", labelSmoothing)
                .with("axis", -1)
                .asMap();
    }
}
