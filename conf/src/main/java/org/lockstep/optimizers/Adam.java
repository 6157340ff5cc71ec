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
public record Adam(double beta1, double beta2, double epsilon, boolean amsgrad, CommonArguments common)
        implements BaseOptimizer<Adam> {

    /** What optimizers with two moments keep. */
    static final List<String> MOMENTS = List.of("momentum", "velocity");

    public Adam {
        Optimizer.checkUnit("beta_1", beta1);
        Optimizer.checkUnit("beta_2", beta2);
    }

    public static Adam of() {
        return new Adam(0.9, 0.999, KerasSettings.EPSILON, false, CommonArguments.of(0.001));
    }

    public static Adam of(double learningRate) {
        return of().learningRate(learningRate);
    }

    @Override
    public Adam common(CommonArguments value) {
        return new Adam(beta1, beta2, epsilon, amsgrad, value);
    }

    public Adam beta1(double value) {
        return new Adam(value, beta2, epsilon, amsgrad, common);
    }

    public Adam beta2(double value) {
        return new Adam(beta1, value, epsilon, amsgrad, common);
    }

    public Adam epsilon(double value) {
        return new Adam(beta1, beta2, value, amsgrad, common);
    }

    public Adam amsgrad(boolean value) {
        return new Adam(beta1, beta2, epsilon, value, common);
    }

    @Override
    public List<List<String>> slotGroups() {
        return amsgrad ? List.of(MOMENTS, List.of("velocity_hat")) : List.of(MOMENTS);
    }

    @Override
    public Map<String, @Nullable Object> config() {
        return arguments(this).asMap();
    }

    /** The arguments of an optimizer with this rule, as Keras writes them. */
    Dict arguments(Optimizer optimizer) {
        return Optimizer.shared(optimizer)
                .with("beta_1", beta1)
                .with("beta_2", beta2)
                .with("epsilon", epsilon)
                .with("amsgrad", amsgrad);
    }
}
