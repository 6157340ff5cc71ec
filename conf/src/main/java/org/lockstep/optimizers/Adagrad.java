package org.lockstep.optimizers;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.keras.KerasSettings;

/**
 * Adagrad: a += g²; w −= lr · g / √(a + ε).
 *
 * @param initialAccumulatorValue a before the first update, not negative
 */
public record Adagrad(double initialAccumulatorValue, double epsilon, CommonArguments common)
        implements BaseOptimizer<Adagrad> {

    public Adagrad {
        if (!(initialAccumulatorValue >= 0) || Double.isInfinite(initialAccumulatorValue)) {
            throw new IllegalArgumentException(
                    "Invalid `initial_accumulator_value`: must be finite and not negative. Received: "
                            + initialAccumulatorValue);
        }
    }

    public static Adagrad of() {
        return new Adagrad(0.1, KerasSettings.EPSILON, CommonArguments.of(0.001));
    }

    public static Adagrad of(double learningRate) {
        return of().learningRate(learningRate);
    }

    @Override
    public Adagrad common(CommonArguments value) {
        return new Adagrad(initialAccumulatorValue, epsilon, value);
    }

    public Adagrad initialAccumulatorValue(double value) {
        return new Adagrad(value, epsilon, common);
    }

    public Adagrad epsilon(double value) {
        return new Adagrad(initialAccumulatorValue, value, common);
    }

    @Override
    public List<List<String>> slotGroups() {
        return List.of(List.of("accumulator"));
    }

    @Override
    public float initialSlot() {
        return (float) initialAccumulatorValue;
    }

    @Override
    public Map<String, @Nullable Object> config() {
        return Optimizer.shared(this)
                .with("initial_accumulator_value", initialAccumulatorValue)
                .with("epsilon", epsilon)
                .asMap();
    }
}
