package org.lockstep.optimizers;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@link Adam} with a weight decay, by default of 0.004. The rule is the same: Keras 3 decays weights apart from gradients in
 * both.
 *
 * @param adam all its arguments: {@code new AdamW(Adam.of().beta1(0.8).weightDecay(0.01))}
 */
public record AdamW(Adam adam) implements BaseOptimizer<AdamW> {

    private static final double DEFAULT_WEIGHT_DECAY = 0.004;

    public AdamW {
        if (adam.weightDecay() == null) {
            throw new IllegalArgumentException("Argument `weight_decay` must be a float. Received: weight_decay=None");
        }
    }

    public static AdamW of() {
        return new AdamW(Adam.of().weightDecay(DEFAULT_WEIGHT_DECAY));
    }

    public static AdamW of(double learningRate) {
        return of().learningRate(learningRate);
    }

    @Override
    public CommonArguments common() {
        return adam.common();
    }

    @Override
    public AdamW common(CommonArguments value) {
        return new AdamW(adam.common(value));
    }

    @Override
    public List<List<String>> slotGroups() {
        return adam.slotGroups();
    }

    @Override
    public Map<String, @Nullable Object> config() {
        return adam.arguments(this).asMap();
    }
}
