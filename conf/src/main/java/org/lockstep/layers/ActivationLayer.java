package org.lockstep.layers;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.activations.Activation;

/**
 * An activation function as a layer: Keras's {@code Activation}.
 *
 * <p>Output shape: the input's (glu halves its axis).
 */
public record ActivationLayer(LayerConf conf, Activation activation) implements Activating {

    public static ActivationLayer of(String activation) {
        return of(Activation.of(activation));
    }

    public static ActivationLayer of(Activation activation) {
        return new ActivationLayer(LayerConf.DEFAULT, activation);
    }

    @Override
    public String className() {
        return "Activation";
    }

    @Override
    public Map<String, @Nullable Object> config() {
        return Layer.common(this).with("activation", activation).asMap();
    }

    @Override
    public ActivationLayer conf(LayerConf value) {
        return new ActivationLayer(value, activation);
    }

    public ActivationLayer name(String value) {
        return conf(conf.name(value));
    }

    public ActivationLayer trainable(boolean value) {
        return conf(conf.trainable(value));
    }

    /** The shape of one sample, where this is a model's first layer. */
    public ActivationLayer inputShape(int... sample) {
        return conf(conf.inputShape(sample));
    }
}
