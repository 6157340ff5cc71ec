package org.lockstep.optimizers;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.keras.KerasSettings;

/** Adadelta: a = ρ · a + (1 − ρ) · g²; d = √(b + ε) / √(a + ε) · g; b = ρ · b + (1 − ρ) · d²; w −= lr · d. */
public record Adadelta(double rho, double epsilon, CommonArguments common) implements BaseOptimizer<Adadelta> {

    public Adadelta {
        Optimizer.checkUnit("rho", rho);
    }

    public static Adadelta of() {
        return new Adadelta(0.95, KerasSettings.EPSILON, CommonArguments.of(0.001));
    }

    public static Adadelta of(double learningRate) {
        return of().learningRate(learningRate);
    }

    @Override
    public Adadelta common(CommonArguments value) {
        return new Adadelta(rho, epsilon, value);
    }

    public Adadelta rho(double value) {
        return new Adadelta(value, epsilon, common);
    }

    public Adadelta epsilon(double value) {
        return new Adadelta(rho, value, common);
    }

    @Override
    public List<List<String>> slotGroups() {
        return List.of(List.of("accumulated_grad", "accumulated_delta_var"));
    }

    @Override
    public Map<String, @Nullable Object> config() {
        return Optimizer.shared(this).with("rho", rho).with("epsilon", epsilon).asMap();
    }
}
