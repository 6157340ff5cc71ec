package org.lockstep.losses;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.keras.Dict;

/** −log p of the labelled class; labels are class numbers of shape (B,) or (B, 1). */
public record SparseCategoricalCrossentropy(boolean fromLogits) implements Loss {

    public static SparseCategoricalCrossentropy of() {
        return new SparseCategoricalCrossentropy(false);
    }

    @Override
    public String name() {
        return "sparse_categorical_crossentropy";
    }

    @Override
    public Map<String, @Nullable Object> config() {
        return Dict.of("name", name())
                .with("reduction", "sum_over_batch_size")
                .with("from_logits", fromLogits)
                .with("ignore_class", null)
                .asMap();
    }
}
