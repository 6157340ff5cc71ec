package org.lockstep.optimizers;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lion: w −= lr · sign(β₁ · m + (1 − β₁) · g); m = β₂ · m + (1 − β₂) · g. */
public record Lion(double beta1, double beta2, CommonArguments common) implements BaseOptimizer<Lion> {

    public Lion {
        if (!(beta1 > 0 && beta1 <= 1)) {
            throw new IllegalArgumentException(
                    ("Argument `beta_1` must be in the [0, 1] range. Otherwise, the optimizer "
                                    + "degenerates to SignSGD. Received: beta_1=%s.")
                            .formatted(beta1));
        }
        Optimizer.checkUnit("beta_2", beta2);
    }

    public static Lion of() {
        return new Lion(0.9, 0.99, CommonArguments.of(0.001));
    }

    public static Lion of(double learningRate) {
        return of().learningRate(learningRate);
    }

    @Override
    public Lion common(CommonArguments value) {
        return new Lion(beta1, beta2, value);
    }

    public Lion beta1(double value) {
        return new Lion(value, beta2, common);
    }

    public Lion beta2(double value) {
        return new Lion(beta1, value, common);
    }

    @Override
    public List<List<String>> slotGroups() {
        return List.of(List.of("momentum"));
    }

    @Override
    public Map<String, @Nullable Object> config() {
        return Optimizer.shared(this)
                .with("beta_1", beta1)
                .with("beta_2", beta2)
                .asMap();
    }
}
