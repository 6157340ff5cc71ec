package org.lockstep.optimizers;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Stochastic gradient descent. Without momentum w −= lr · g; else v = m · v − lr · g and w += v, or with nesterov
 * w += m · v − lr · g.
 */
public record SGD(double momentum, boolean nesterov, CommonArguments common) implements BaseOptimizer<SGD> {

    public SGD {
        Optimizer.checkUnit("momentum", momentum);
    }

    public static SGD of() {
        return new SGD(0, false, CommonArguments.of(0.01));
    }

    public static SGD of(double learningRate) {
        return of().learningRate(learningRate);
    }

    @Override
    public SGD common(CommonArguments value) {
        return new SGD(momentum, nesterov, value);
    }

    public SGD momentum(double value) {
        return new SGD(value, nesterov, common);
    }

    public SGD nesterov(boolean value) {
        return new SGD(momentum, value, common);
    }

    @Override
    public List<List<String>> slotGroups() {
        return momentum == 0 ? List.of() : List.of(List.of("momentum"));
    }

    @Override
    public Map<String, @Nullable Object> config() {
        return Optimizer.shared(this)
                .with("momentum", momentum)
                .with("nesterov", nesterov)
                .asMap();
    }
}
