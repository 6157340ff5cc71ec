package org.lockstep.optimizers;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Stochastic gradient descent. Without momentum w −= lr · g; else v = m · v − lr · g and w += v, or with nesterov
 * w += m · v − lr · g.
 */
public record SGD(
        double learningRate,
        double momentum,
        boolean nesterov,
        @Nullable Double weightDecay,
        Clip clip) implements Optimizer {

    public SGD {
        Optimizer.checkRate(learningRate);
        Optimizer.checkUnit("momentum", momentum);
    }

    public static SGD of() {
        return new SGD(0.01, 0, false, null, Clip.NONE);
    }

    public static SGD of(double learningRate) {
        return of().learningRate(learningRate);
    }

    @Override
    public SGD learningRate(double value) {
        return new SGD(value, momentum, nesterov, weightDecay, clip);
    }

    public SGD momentum(double value) {
        return new SGD(learningRate, value, nesterov, weightDecay, clip);
    }

    public SGD nesterov(boolean value) {
        return new SGD(learningRate, momentum, value, weightDecay, clip);
    }

    public SGD weightDecay(double value) {
        return new SGD(learningRate, momentum, nesterov, value, clip);
    }

    public SGD clipnorm(double value) {
        return new SGD(
                learningRate,
                momentum,
                nesterov,
                weightDecay,
                new Clip(value, clip.clipvalue(), clip.globalClipnorm()));
    }

    public SGD clipvalue(double value) {
        return new SGD(
                learningRate, momentum, nesterov, weightDecay, new Clip(clip.clipnorm(), value, clip.globalClipnorm()));
    }

    public SGD globalClipnorm(double value) {
        return new SGD(
                learningRate, momentum, nesterov, weightDecay, new Clip(clip.clipnorm(), clip.clipvalue(), value));
    }

    @Override
    public List<String> slots() {
        return momentum == 0 ? List.of() : List.of("momentum");
    }

    @Override
    public Map<String, @Nullable Object> config() {
        return Optimizer.common(this)
                .with("momentum", momentum)
                .with("nesterov", nesterov)
                .asMap();
    }
}
