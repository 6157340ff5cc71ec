package org.lockstep.losses;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.keras.Dict;

/** −log p of the labelled class; labels are class numbers of shape (B,) or (B, 1). */
public record SparseCategoricalCrossentropy(boolean fromLogits, Reduction reduction) implements Loss {

    /** One with Keras's reduction. */
    public SparseCategoricalCrossentropy(boolean fromLogits) {
        this(fromLogits, DEFAULT_REDUCTION);
    }

    public static SparseCategoricalCrossentropy of() {
        return new SparseCategoricalCrossentropy(false);
    }

    @Override
    public String name() {
        return "sparse_categorical_crossentropy";
    }

    @Override
    public SparseCategoricalCrossentropy reduction(Reduction value) {
        return new SparseCategoricalCrossentropy(fromLogits, value);
    }

    @Override
    public Map<String, @Nullable Object> config() {
        return Dict.of("name", name())
                .with("reduction", reduction.kerasName())
                .with("from_logits", fromLogits)
                .with("ignore_class", null)
                .asMap();
    }
}
