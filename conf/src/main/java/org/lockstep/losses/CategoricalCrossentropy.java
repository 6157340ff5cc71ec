package org.lockstep.losses;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.keras.Dict;

/** −Σ y log p over the last axis, p normalised and clipped to [ε, 1 − ε], y smoothed to y (1 − s) + s / K. */
public record CategoricalCrossentropy(boolean fromLogits, double labelSmoothing, Reduction reduction) implements Loss {

    public CategoricalCrossentropy {
        Loss.checkSmoothing(labelSmoothing);
    }

    /** One with Keras's reduction. */
    public CategoricalCrossentropy(boolean fromLogits, double labelSmoothing) {
        this(fromLogits, labelSmoothing, DEFAULT_REDUCTION);
    }

    public static CategoricalCrossentropy of() {
        return new CategoricalCrossentropy(false, 0);
    }

    @Override
    public String name() {
        return "categorical_crossentropy";
    }

    @Override
    public CategoricalCrossentropy reduction(Reduction value) {
        return new CategoricalCrossentropy(fromLogits, labelSmoothing, value);
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
