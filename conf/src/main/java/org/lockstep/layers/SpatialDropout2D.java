package org.lockstep.layers;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.keras.Dict;

/**
 * {@link Dropout} of whole channels: all pixels of an image's channel are kept, or none.
 *
 * <p>Input shape: (batch, height, width, channels), or (batch, channels, height, width) with channels_first. Output shape:
 * the input's.
 *
 * @param seed null takes the run's seed
 */
public record SpatialDropout2D(
        LayerConf conf,
        double rate,
        DataFormat dataFormat,
        @Nullable Long seed) implements Layer {

    public SpatialDropout2D {
        Dropout.check(rate);
    }

    public static SpatialDropout2D of(double rate) {
        return new SpatialDropout2D(LayerConf.DEFAULT, rate, DataFormat.of(null), null);
    }

    /** {@code "channels_last"}, {@code "channels_first"}, or null for the setting of {@code ~/.keras/keras.json}. */
    public SpatialDropout2D dataFormat(@Nullable String value) {
        return new SpatialDropout2D(conf, rate, DataFormat.of(value), seed);
    }

    public SpatialDropout2D seed(long value) {
        return new SpatialDropout2D(conf, rate, dataFormat, value);
    }

    /** The dropout that does it, with one decision for each image and channel. */
    public Dropout dropout() {
        Dropout ofEach = new Dropout(conf, rate, null, seed);
        return dataFormat == DataFormat.CHANNELS_LAST
                ? ofEach.noiseShape(null, 1, 1, null)
                : ofEach.noiseShape(null, null, 1, 1);
    }

    @Override
    public Shape outputShape(Shape input) {
        Rank.require(name(), input, 4);
        return input;
    }

    /** As Keras writes it and reads it: its constructor has no {@code trainable}. */
    @Override
    public Map<String, @Nullable Object> config() {
        return Dict.of("rate", rate)
                .with("seed", seed)
                .with("name", name())
                .with("dtype", conf.dtype().kerasName())
                .with("data_format", dataFormat.kerasName())
                .asMap();
    }

    @Override
    public SpatialDropout2D conf(LayerConf value) {
        return new SpatialDropout2D(value, rate, dataFormat, seed);
    }

    public SpatialDropout2D name(String value) {
        return conf(conf.name(value));
    }

    public SpatialDropout2D trainable(boolean value) {
        return conf(conf.trainable(value));
    }

    /** The shape of one sample, where this is a model's first layer. */
    public SpatialDropout2D inputShape(int... sample) {
        return conf(conf.inputShape(sample));
    }
}
