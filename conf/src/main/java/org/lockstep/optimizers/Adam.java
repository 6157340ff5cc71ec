package org.lockstep.optimizers;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.keras.Dict;
import org.lockstep.keras.KerasSettings;

/**
 * Adam: m += (g − m)(1 − β₁); v += (g² − v)(1 − β₂); w −= lr · √(1 − β₂ᵗ) / (1 − β₁ᵗ) · m / (√v + ε); with amsgrad the
 * largest v so far takes v's place.
 */
public record Adam(
        double learningRate,
        double beta1,
        double beta2,
        double epsilon,
        boolean amsgrad,
        @Nullable Double weightDecay,
        Clip clip)
        implements Optimizer {

    public Adam {
        Optimizer.checkRate(learningRate);
        Optimizer.checkUnit("beta_1", beta1);
        Optimizer.checkUnit("beta_2", beta2);
    }

    public static Adam of() {
        return new Adam(0.001, 0.9, 0.999, KerasSettings.EPSILON, false, null, Clip.NONE);
    }

    public static Adam of(double learningRate) {
        return of().learningRate(learningRate);
    }

    @Override
    public Adam learningRate(double value) {
        return new Adam(value, beta1, beta2, epsilon, amsgrad, weightDecay, clip);
    }

    public Adam beta1(double value) {
        return new Adam(learningRate, value, beta2, epsilon, amsgrad, weightDecay, clip);
    }

    public Adam beta2(double value) {
        return new Adam(learningRate, beta1, value, epsilon, amsgrad, weightDecay, clip);
    }

    public Adam epsilon(double value) {
        return new Adam(learningRate, beta1, beta2, value, amsgrad, weightDecay, clip);
    }

    public Adam amsgrad(boolean value) {
        return new Adam(learningRate, beta1, beta2, epsilon, value, weightDecay, clip);
    }

    public Adam weightDecay(double value) {
        return new Adam(learningRate, beta1, beta2, epsilon, amsgrad, value, clip);
    }

    public Adam clipnorm(double value) {
        return new Adam(
                learningRate,
                beta1,
                beta2,
                epsilon,
                amsgrad,
                weightDecay,
                new Clip(value, clip.clipvalue(), clip.globalClipnorm()));
    }

    public Adam clipvalue(double value) {
        return new Adam(
                learningRate,
                beta1,
                beta2,
                epsilon,
                amsgrad,
                weightDecay,
                new Clip(clip.clipnorm(), value, clip.globalClipnorm()));
    }

    public Adam globalClipnorm(double value) {
        return new Adam(
                learningRate,
                beta1,
                beta2,
                epsilon,
                amsgrad,
                weightDecay,
                new Clip(clip.clipnorm(), clip.clipvalue(), value));
    }

    @Override
    public List<String> slots() {
        return amsgrad ? List.of("momentum", "velocity", "velocity_hat") : List.of("momentum", "velocity");
    }

    @Override
    public Map<String, @Nullable Object> config() {
        return arguments(this).asMap();
    }

    /** The arguments of an optimizer with this rule, as Keras writes them. */
    Dict arguments(Optimizer optimizer) {
        return Optimizer.common(optimizer)
                .with("beta_1", beta1)
                .with("beta_2", beta2)
                .with("epsilon", epsilon)
                .with("amsgrad", amsgrad);
    }
}
