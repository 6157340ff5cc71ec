package org.lockstep.optimizers;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.keras.KerasSettings;

/**
 * RMSprop: v = ρ · v + (1 − ρ) · g²; with centered a = ρ · a + (1 − ρ) · g and d = v − a² + ε, else d = v + ε;
 * i = lr · g / √d; without momentum w −= i, else b = m · b + i and w −= b.
 */
public record RMSprop(double rho, double momentum, double epsilon, boolean centered, CommonArguments common)
        implements BaseOptimizer<RMSprop> {

    public RMSprop {
        Optimizer.checkUnit("rho", rho);
        Optimizer.checkUnit("momentum", momentum);
    }

    public static RMSprop of() {
        return new RMSprop(0.9, 0, KerasSettings.EPSILON, false, CommonArguments.of(0.001));
    }

    public static RMSprop of(double learningRate) {
        return of().learningRate(learningRate);
    }

    @Override
    public RMSprop common(CommonArguments value) {
        return new RMSprop(rho, momentum, epsilon, centered, value);
    }

    public RMSprop rho(double value) {
        return new RMSprop(value, momentum, epsilon, centered, common);
    }

    public RMSprop momentum(double value) {
        return new RMSprop(rho, value, epsilon, centered, common);
    }

    public RMSprop epsilon(double value) {
        return new RMSprop(rho, momentum, value, centered, common);
    }

    public RMSprop centered(boolean value) {
        return new RMSprop(rho, momentum, epsilon, value, common);
    }

    @Override
    public List<List<String>> slotGroups() {
        List<List<String>> groups = new ArrayList<>(List.of(List.of("velocity")));
        if (momentum > 0) {
            groups.add(List.of("momentum"));
        }
        if (centered) {
            groups.add(List.of("average_gradient"));
        }
        return List.copyOf(groups);
    }

    @Override
    public Map<String, @Nullable Object> config() {
        return Optimizer.shared(this)
                .with("rho", rho)
                .with("momentum", momentum)
                .with("epsilon", epsilon)
                .with("centered", centered)
                .asMap();
    }
}
