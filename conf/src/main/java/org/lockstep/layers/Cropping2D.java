package org.lockstep.layers;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Each image without some rows and columns at its sides.
 *
 * <p>Input shape: (batch, height, width, channels), or (batch, channels, height, width) with channels_first. Output shape:
 * the same order, height and width shorter by the cropping.
 */
public record Cropping2D(LayerConf conf, Margins cropping, DataFormat dataFormat) implements Layer {

    /** One number for all sides; two for top and bottom, left and right; or top, bottom, left and right. */
    public static Cropping2D of(int... cropping) {
        return new Cropping2D(LayerConf.DEFAULT, Margins.of("cropping", cropping), DataFormat.of(null));
    }

    /** Nothing at any side. */
    public static Cropping2D of() {
        return of(0);
    }

    public Cropping2D dataFormat(@Nullable String value) {
        return new Cropping2D(conf, cropping, DataFormat.of(value));
    }

    @Override
    public Shape outputShape(Shape input) {
        Rank.require(name(), input, 4);
        return cropping.removed(input, dataFormat);
    }

    @Override
    public Map<String, @Nullable Object> config() {
        return Layer.common(this)
                .with("cropping", cropping.asList())
                .with("data_format", dataFormat.kerasName())
                .asMap();
    }

    @Override
    public Cropping2D conf(LayerConf value) {
        return new Cropping2D(value, cropping, dataFormat);
    }

    public Cropping2D name(String value) {
        return conf(conf.name(value));
    }

    public Cropping2D trainable(boolean value) {
        return conf(conf.trainable(value));
    }

    /** The shape of one sample, where this is a model's first layer. */
    public Cropping2D inputShape(int... sample) {
        return conf(conf.inputShape(sample));
    }
}
