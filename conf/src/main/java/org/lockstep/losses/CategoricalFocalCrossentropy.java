package org.lockstep.losses;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.keras.Dict;

/**
 * Crossentropy that counts what is predicted well for less: −Σ α (1 − p)^γ y log p over the last axis, p normalised and
 * clipped to [ε, 1 − ε], y smoothed to y (1 − s) + s / K.
 *
 * @param alpha α of each class, or one for all
 * @param gamma γ, 0 for plain crossentropy times α
 */
public record CategoricalFocalCrossentropy(
        List<Double> alpha, double gamma, boolean fromLogits, double labelSmoothing, Reduction reduction)
        implements Loss {

    public CategoricalFocalCrossentropy {
        alpha = List.copyOf(alpha);
        if (alpha.isEmpty()) {
            throw new IllegalArgumentException("Invalid `alpha`: needs at least one number. Received: alpha=[]");
        }
        Loss.checkSmoothing(labelSmoothing);
    }

    public static CategoricalFocalCrossentropy of() {
        return new CategoricalFocalCrossentropy(List.of(0.25), 2, false, 0, DEFAULT_REDUCTION);
    }

    @Override
    public String name() {
        return "categorical_focal_crossentropy";
    }

    @Override
    public CategoricalFocalCrossentropy reduction(Reduction value) {
        return new CategoricalFocalCrossentropy(alpha, gamma, fromLogits, labelSmoothing, value);
    }

    @Override
    public Map<String, @Nullable Object> config() {
        return Dict.of("name", name())
                .with("reduction", reduction.kerasName())
                .with("from_logits", fromLogits)
                .with("label_smoothing", labelSmoothing)
                .with("axis", -1)
                .with("alpha", alpha.size() == 1 ? (Object) alpha.get(0) : alpha)
                .with("gamma", gamma)
                .asMap();
    }
}
