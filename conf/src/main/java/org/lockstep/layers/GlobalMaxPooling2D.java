package org.lockstep.layers;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The largest number of each channel.
 *
 * <p>Input shape: rank 4. Output shape: (batch, channels); with keepdims the image dimensions stay, as 1.
 */
public record GlobalMaxPooling2D(LayerConf conf, DataFormat dataFormat, boolean keepdims) implements Layer {

    public static GlobalMaxPooling2D of() {
        return new GlobalMaxPooling2D(LayerConf.DEFAULT, DataFormat.of(null), false);
    }

    public GlobalMaxPooling2D dataFormat(@Nullable String value) {
        return new GlobalMaxPooling2D(conf, DataFormat.of(value), keepdims);
    }

    public GlobalMaxPooling2D keepdims(boolean value) {
        return new GlobalMaxPooling2D(conf, dataFormat, value);
    }

    @Override
    public Shape outputShape(Shape input) {
        Rank.require(name(), input, 4);
        int channels = input.dimension(dataFormat.channelAxis());
        return keepdims ? dataFormat.shape(input.dimension(0), 1, 1, channels) : Shape.of(input.dimension(0), channels);
    }

    @Override
    public Map<String, @Nullable Object> config() {
        return Layer.common(this)
                .with("data_format", dataFormat.kerasName())
                .with("keepdims", keepdims)
                .asMap();
    }

    @Override
    public GlobalMaxPooling2D conf(LayerConf value) {
        return new GlobalMaxPooling2D(value, dataFormat, keepdims);
    }

    public GlobalMaxPooling2D name(String value) {
        return conf(conf.name(value));
    }

    public GlobalMaxPooling2D trainable(boolean value) {
        return conf(conf.trainable(value));
    }

    /** The shape of one sample, where this is a model's first layer. */
    public GlobalMaxPooling2D inputShape(int... sample) {
        return conf(conf.inputShape(sample));
    }
}
