package org.lockstep.layers;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.activations.Activation;

/**
 * x where it is positive, else negative_slope · x.
 *
 * <p>Output shape: the input's.
 */
public record LeakyReLU(LayerConf conf, double negativeSlope) implements Activating {

    public LeakyReLU {
        if (!(negativeSlope >= 0)) {
            throw new IllegalArgumentException("The negative_slope value of a Leaky ReLU layer cannot be None or "
                    + "negative value. Expected a float. Received: negative_slope=" + negativeSlope);
        }
    }

    public static LeakyReLU of() {
        return of(0.3);
    }

    public static LeakyReLU of(double negativeSlope) {
        return new LeakyReLU(LayerConf.DEFAULT, negativeSlope);
    }

    @Override
    public Activation activation() {
        return Activation.of("leaky_relu").with("negative_slope", negativeSlope);
    }

    @Override
    public Map<String, @Nullable Object> config() {
        return Layer.common(this).with("negative_slope", negativeSlope).asMap();
    }

    @Override
    public LeakyReLU conf(LayerConf value) {
        return new LeakyReLU(value, negativeSlope);
    }

    public LeakyReLU name(String value) {
        return conf(conf.name(value));
    }

    public LeakyReLU trainable(boolean value) {
        return conf(conf.trainable(value));
    }

    /** The shape of one sample, where this is a model's first layer. */
    public LeakyReLU inputShape(int... sample) {
        return conf(conf.inputShape(sample));
    }
}
