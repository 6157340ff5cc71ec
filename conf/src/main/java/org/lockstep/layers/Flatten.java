package org.lockstep.layers;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Each sample as one row, in the order height, width, channels.
 *
 * <p>With channels_first the channels are moved last before flattening; the format is this layer's own, by default the
 * global setting, not that of the layer before. Input shape: rank 1 or more. Output shape: (batch, numbers of a sample).
 */
public record Flatten(LayerConf conf, DataFormat dataFormat) implements Layer {

    public static Flatten of() {
        return new Flatten(LayerConf.DEFAULT, DataFormat.of(null));
    }

    public Flatten dataFormat(@Nullable String value) {
        return new Flatten(conf, DataFormat.of(value));
    }

    @Override
    public Shape outputShape(Shape input) {
        Rank.requireAtLeast(name(), input, 1);
        int size = 1;
        for (int dimension : input.sample()) {
            if (dimension == Shape.UNKNOWN) {
                return Shape.of(input.dimension(0), Shape.UNKNOWN);
            }
            size = Math.multiplyExact(size, dimension);
        }
        return Shape.of(input.dimension(0), size);
    }

    @Override
    public Map<String, @Nullable Object> config() {
        return Layer.common(this).with("data_format", dataFormat.kerasName()).asMap();
    }

    @Override
    public Flatten conf(LayerConf value) {
        return new Flatten(value, dataFormat);
    }

    public Flatten name(String value) {
        return conf(conf.name(value));
    }

    public Flatten trainable(boolean value) {
        return conf(conf.trainable(value));
    }

    /** The shape of one sample, where this is a model's first layer. */
    public Flatten inputShape(int... sample) {
        return conf(conf.inputShape(sample));
    }
}
