package org.lockstep.optimizers;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@link Adam} with a weight decay, by default of 0.004. The rule is the same: Keras 3 decays weights apart from gradients in
 * both.
 *
 * @param adam all its arguments: {@code new AdamW(Adam.of().beta1(0.8).weightDecay(0.01))}
 */
public record AdamW(Adam adam) implements Optimizer {

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
    public double learningRate() {
        return adam.learningRate();
    }

    @Override
    public AdamW learningRate(double value) {
        return new AdamW(adam.learningRate(value));
    }

    public AdamW weightDecay(double value) {
        return new AdamW(adam.weightDecay(value));
    }

    @Override
    public Double weightDecay() {
        return Objects.requireNonNull(adam.weightDecay());
    }

    @Override
    public Clip clip() {
        return adam.clip();
    }

    @Override
    public List<String> slots() {
        return adam.slots();
    }

    @Override
    public Map<String, @Nullable Object> config() {
        return adam.arguments(this).asMap();
    }
}
