package org.lockstep.optimizers;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.keras.KerasSettings;

/**
 * Adam with Nesterov's momentum. With the momenta μₜ = β₁(1 − ½ · 0.96ᵗ) and their product Pₜ = μ₁ · … · μₜ: m and v as
 * {@link Adam}'s; m̂ = μₜ₊₁ · m / (1 − Pₜ · μₜ₊₁) + (1 − μₜ) · g / (1 − Pₜ); w −= lr · m̂ / (√(v / (1 − β₂ᵗ)) + ε).
 */
public record Nadam(double beta1, double beta2, double epsilon, CommonArguments common)
        implements BaseOptimizer<Nadam> {

    private static final double DECAY = 0.96;

    /** What μ is of β₁, multiplied up over updates; after the last one μ is β₁. */
    private static final double[] PRODUCTS = products();

    public Nadam {
        Optimizer.checkUnit("beta_1", beta1);
        Optimizer.checkUnit("beta_2", beta2);
    }

    public static Nadam of() {
        return new Nadam(0.9, 0.999, KerasSettings.EPSILON, CommonArguments.of(0.001));
    }

    public static Nadam of(double learningRate) {
        return of().learningRate(learningRate);
    }

    @Override
    public Nadam common(CommonArguments value) {
        return new Nadam(beta1, beta2, epsilon, value);
    }

    public Nadam beta1(double value) {
        return new Nadam(value, beta2, epsilon, common);
    }

    public Nadam beta2(double value) {
        return new Nadam(beta1, value, epsilon, common);
    }

    public Nadam epsilon(double value) {
        return new Nadam(beta1, beta2, value, common);
    }

    /** The momentum μ of an update, counted from 1. */
    public double momentum(long update) {
        return beta1 * factor(update);
    }

    /**
     * The product of the momenta of all updates so far, which Keras keeps as a variable: a function of their number alone.
     *
     * @param updates 0 for 1
     */
    public double momentumProduct(long updates) {
        return StrictMath.pow(beta1, (double) updates) * PRODUCTS[(int) Math.min(updates, PRODUCTS.length - 1)];
    }

    private static double factor(long update) {
        return 1 - 0.5 * StrictMath.pow(DECAY, (double) update);
    }

    private static double[] products() {
        List<Double> products = new ArrayList<>(List.of(1.0));
        for (int update = 1; factor(update) < 1; update++) {
            products.add(products.get(update - 1) * factor(update));
        }
        return products.stream().mapToDouble(product -> product).toArray();
    }

    @Override
    public List<List<String>> slotGroups() {
        return List.of(Adam.MOMENTS);
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
