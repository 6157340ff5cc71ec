package org.lockstep.layers;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.activations.Activation;

/**
 * The relu function with its arguments, as a layer: max_value where x ≥ max_value; x where x &gt; threshold; else
 * negative_slope · (x − threshold).
 *
 * <p>Output shape: the input's.
 *
 * @param maxValue null is no limit
 */
public record ReLU(LayerConf conf, @Nullable Double maxValue, double negativeSlope, double threshold)
        implements Activating {

    public ReLU {
        if (maxValue != null && !(maxValue >= 0)) {
            throw new IllegalArgumentException(
                    "max_value of a ReLU layer cannot be a negative value. Received: max_value=" + maxValue);
        }
        check("negative_slope", negativeSlope);
        check("threshold", threshold);
    }

    private static void check(String name, double value) {
        if (!(value >= 0)) {
            throw new IllegalArgumentException("%s of a ReLU layer cannot be None or a negative value. Received: %s=%s"
                    .formatted(name, name, value));
        }
    }

    /** max(x, 0). */
    public static ReLU of() {
        return new ReLU(LayerConf.DEFAULT, null, 0, 0);
    }

    public ReLU maxValue(@Nullable Double value) {
        return new ReLU(conf, value, negativeSlope, threshold);
    }

    public ReLU negativeSlope(double value) {
        return new ReLU(conf, maxValue, value, threshold);
    }

    public ReLU threshold(double value) {
        return new ReLU(conf, maxValue, negativeSlope, value);
    }

    @Override
    public Activation activation() {
        Activation relu =
                Activation.of("relu").with("negative_slope", negativeSlope).with("threshold", threshold);
        return maxValue == null ? relu : relu.with("max_value", maxValue);
    }

    @Override
    public Map<String, @Nullable Object> config() {
        return Layer.common(this)
                .with("max_value", maxValue)
                .with("negative_slope", negativeSlope)
                .with("threshold", threshold)
                .asMap();
    }

    @Override
    public ReLU conf(LayerConf value) {
        return new ReLU(value, maxValue, negativeSlope, threshold);
    }

    public ReLU name(String value) {
        return conf(conf.name(value));
    }

    public ReLU trainable(boolean value) {
        return conf(conf.trainable(value));
    }

    /** The shape of one sample, where this is a model's first layer. */
    public ReLU inputShape(int... sample) {
        return conf(conf.inputShape(sample));
    }
}
