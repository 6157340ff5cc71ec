package org.lockstep.losses;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.keras.Dict;

/**
 * Crossentropy that counts what is predicted well for less: (1 − q)^γ · (−y log p − (1 − y) log(1 − p)), with q = y p + (1 − y)
 * (1 − p), p clipped to [ε, 1 − ε] under the logarithms, averaged over the last axis; y smoothed to y (1 − s) + s / 2.
 *
 * @param balancing whether the values are multiplied by y α + (1 − y) (1 − α)
 * @param alpha α, the weight of class 1
 * @param gamma γ, 0 for plain crossentropy
 */
public record BinaryFocalCrossentropy(
        boolean balancing, double alpha, double gamma, boolean fromLogits, double labelSmoothing, Reduction reduction)
        implements Loss {

    public BinaryFocalCrossentropy {
        Loss.checkSmoothing(labelSmoothing);
    }

    public static BinaryFocalCrossentropy of() {
        return new BinaryFocalCrossentropy(false, 0.25, 2, false, 0, DEFAULT_REDUCTION);
    }

    @Override
    public String name() {
        return "binary_focal_crossentropy";
    }

    @Override
    public BinaryFocalCrossentropy reduction(Reduction value) {
        return new BinaryFocalCrossentropy(balancing, alpha, gamma, fromLogits, labelSmoothing, value);
    }

    @Override
    public Map<String, @Nullable Object> config() {
        return Dict.of("name", name())
                .with("reduction", reduction.kerasName())
                .with("from_logits", fromLogits)
                .with("label_smoothing", labelSmoothing)
                .with("axis", -1)
                .with("apply_class_balancing", balancing)
                .with("alpha", alpha)
                .with("gamma", gamma)
                .asMap();
    }
}
