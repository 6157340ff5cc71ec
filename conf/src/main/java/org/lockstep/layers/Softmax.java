package org.lockstep.layers;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.activations.Activation;

/**
 * The softmax function along an axis, as a layer.
 *
 * <p>Output shape: the input's.
 */
public record Softmax(LayerConf conf, int axis) implements Activating {

    /** Along the last axis. */
    public static Softmax of() {
        return of(-1);
    }

    public static Softmax of(int axis) {
        return new Softmax(LayerConf.DEFAULT, axis);
    }

    @Override
    public Activation activation() {
        return Activation.of("softmax").with("axis", axis);
    }

    @Override
    public Map<String, @Nullable Object> config() {
        return Layer.common(this).with("axis", axis).asMap();
    }

    @Override
    public Softmax conf(LayerConf value) {
        return new Softmax(value, axis);
    }

    public Softmax name(String value) {
        return conf(conf.name(value));
    }

    public Softmax trainable(boolean value) {
        return conf(conf.trainable(value));
    }

    /** The shape of one sample, where this is a model's first layer. */
    public Softmax inputShape(int... sample) {
        return conf(conf.inputShape(sample));
    }
}
