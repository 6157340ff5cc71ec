package org.lockstep.layers;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.activations.Activation;

/**
 * x where it is positive, else alpha · (exp(x) − 1).
 *
 * <p>Output shape: the input's.
 */
public record ELU(LayerConf conf, double alpha) implements Activating {

    public static ELU of() {
        return of(1);
    }

    public static ELU of(double alpha) {
        return new ELU(LayerConf.DEFAULT, alpha);
    }

    @Override
    public Activation activation() {
        return Activation.of("elu").with("alpha", alpha);
    }

    @Override
    public Map<String, @Nullable Object> config() {
        return Layer.common(this).with("alpha", alpha).asMap();
    }

    @Override
    public ELU conf(LayerConf value) {
        return new ELU(value, alpha);
    }

    public ELU name(String value) {
        return conf(conf.name(value));
    }

    public ELU trainable(boolean value) {
        return conf(conf.trainable(value));
    }

    /** The shape of one sample, where this is a model's first layer. */
    public ELU inputShape(int... sample) {
        return conf(conf.inputShape(sample));
    }
}
