package org.lockstep.layers;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * y = scale · x + offset.
 *
 * <p>Output shape: the input's.
 */
public record Rescaling(LayerConf conf, double scale, double offset) implements Layer {

    /** Without an offset. */
    public static Rescaling of(double scale) {
        return of(scale, 0);
    }

    public static Rescaling of(double scale, double offset) {
        return new Rescaling(LayerConf.DEFAULT, scale, offset);
    }

    @Override
    public Shape outputShape(Shape input) {
        return input;
    }

    @Override
    public Map<String, @Nullable Object> config() {
        return Layer.common(this).with("scale", scale).with("offset", offset).asMap();
    }

    @Override
    public Rescaling conf(LayerConf value) {
        return new Rescaling(value, scale, offset);
    }

    public Rescaling name(String value) {
        return conf(conf.name(value));
    }

    public Rescaling trainable(boolean value) {
        return conf(conf.trainable(value));
    }

    /** The shape of one sample, where this is a model's first layer. */
    public Rescaling inputShape(int... sample) {
        return conf(conf.inputShape(sample));
    }
}
