package org.lockstep.layers;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows and columns of zeros around each image.
 *
 * <p>Input shape: (batch, height, width, channels), or (batch, channels, height, width) with channels_first. Output shape:
 * the same order, height and width longer by the padding.
 */
public record ZeroPadding2D(LayerConf conf, Margins padding, DataFormat dataFormat) implements Layer {

    /** One number for all sides; two for top and bottom, left and right; or top, bottom, left and right. */
    public static ZeroPadding2D of(int... padding) {
        return new ZeroPadding2D(LayerConf.DEFAULT, Margins.of("padding", padding), DataFormat.of(null));
    }

    /** One row or column at each side. */
    public static ZeroPadding2D of() {
        return of(1);
    }

    public ZeroPadding2D dataFormat(@Nullable String value) {
        return new ZeroPadding2D(conf, padding, DataFormat.of(value));
    }

    @Override
    public Shape outputShape(Shape input) {
        Rank.require(name(), input, 4);
        return padding.added(input, dataFormat);
    }

    @Override
    public Map<String, @Nullable Object> config() {
        return Layer.common(this)
                .with("padding", padding.asList())
                .with("data_format", dataFormat.kerasName())
                .asMap();
    }

    @Override
    public ZeroPadding2D conf(LayerConf value) {
        return new ZeroPadding2D(value, padding, dataFormat);
    }

    public ZeroPadding2D name(String value) {
        return conf(conf.name(value));
    }

    public ZeroPadding2D trainable(boolean value) {
        return conf(conf.trainable(value));
    }

    /** The shape of one sample, where this is a model's first layer. */
    public ZeroPadding2D inputShape(int... sample) {
        return conf(conf.inputShape(sample));
    }
}
