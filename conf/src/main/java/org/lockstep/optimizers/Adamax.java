package org.lockstep.optimizers;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.keras.KerasSettings;

/** Adamax: m += (g − m)(1 − β₁); u = max(β₂ · u, |g|); w −= lr / (1 − β₁ᵗ) · m / (u + ε). */
public record Adamax(double beta1, double beta2, double epsilon, CommonArguments common)
        implements BaseOptimizer<Adamax> {

    public Adamax {
        Optimizer.checkUnit("beta_1", beta1);
        Optimizer.checkUnit("beta_2", beta2);
    }

    public static Adamax of() {
        return new Adamax(0.9, 0.999, KerasSettings.EPSILON, CommonArguments.of(0.001));
    }

    public static Adamax of(double learningRate) {
        return of().learningRate(learningRate);
    }

    @Override
    public Adamax common(CommonArguments value) {
        return new Adamax(beta1, beta2, epsilon, value);
    }

    public Adamax beta1(double value) {
        return new Adamax(value, beta2, epsilon, common);
    }

    public Adamax beta2(double value) {
        return new Adamax(beta1, value, epsilon, common);
    }

    public Adamax epsilon(double value) {
        return new Adamax(beta1, beta2, value, common);
    }

    @Override
    public List<List<String>> slotGroups() {
        return List.of(List.of("momentum", "norm"));
    }

    @Override
    public Map<String, @Nullable Object> config() {
        return Optimizer.shared(this)
                .with("beta_1", beta1)
                .with("beta_2", beta2)
                .with("epsilon", epsilon)
                .asMap();
    }
}
