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
public record RMSprop(
        double learningRate,
        double rho,
        double momentum,
        double epsilon,
        boolean centered,
        @Nullable Double weightDecay,
        Clip clip)
        implements Optimizer {

    public RMSprop {
        Optimizer.checkRate(learningRate);
        Optimizer.checkUnit("rho", rho);
        Optimizer.checkUnit("momentum", momentum);
    }

    public static RMSprop of() {
        return new RMSprop(0.001, 0.9, 0, KerasSettings.EPSILON, false, null, Clip.NONE);
    }

    public static RMSprop of(double learningRate) {
        return of().learningRate(learningRate);
    }

    @Override
    public RMSprop learningRate(double value) {
        return new RMSprop(value, rho, momentum, epsilon, centered, weightDecay, clip);
    }

    public RMSprop rho(double value) {
        return new RMSprop(learningRate, value, momentum, epsilon, centered, weightDecay, clip);
    }

    public RMSprop momentum(double value) {
        return new RMSprop(learningRate, rho, value, epsilon, centered, weightDecay, clip);
    }

    public RMSprop epsilon(double value) {
        return new RMSprop(learningRate, rho, momentum, value, centered, weightDecay, clip);
    }

    public RMSprop centered(boolean value) {
        return new RMSprop(learningRate, rho, momentum, epsilon, value, weightDecay, clip);
    }

    public RMSprop weightDecay(double value) {
        return new RMSprop(learningRate, rho, momentum, epsilon, centered, value, clip);
    }

    public RMSprop clipnorm(double value) {
        return new RMSprop(
                learningRate,
                rho,
                momentum,
                epsilon,
                centered,
                weightDecay,
                new Clip(value, clip.clipvalue(), clip.globalClipnorm()));
    }

    public RMSprop clipvalue(double value) {
        return new RMSprop(
                learningRate,
                rho,
                momentum,
                epsilon,
                centered,
                weightDecay,
                new Clip(clip.clipnorm(), value, clip.globalClipnorm()));
    }

    public RMSprop globalClipnorm(double value) {
        return new RMSprop(
                learningRate,
                rho,
                momentum,
                epsilon,
                centered,
                weightDecay,
                new Clip(clip.clipnorm(), clip.clipvalue(), value));
    }

    @Override
    public List<String> slots() {
        return rmspropSlots(momentum, centered);
    }

    @Override
    public Map<String, @Nullable Object> config() {
        return Optimizer.common(this)
                .with("rho", rho)
                .with("momentum", momentum)
                .with("epsilon", epsilon)
                .with("centered", centered)
                .asMap();
    }

    private static List<String> rmspropSlots(double momentum, boolean centered) {
        List<String> slots = new ArrayList<>(List.of("velocity"));
        if (momentum > 0) {
            slots.add("momentum");
        }
        if (centered) {
            slots.add("average_gradient");
        }
        return List.copyOf(slots);
    }
}
