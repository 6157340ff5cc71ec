package org.lockstep.layers;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An image enlarged: by default each row and each column several times.
 *
 * <p>Input shape: (batch, height, width, channels), or (batch, channels, height, width) with channels_first. Output shape:
 * the same order, height and width times the size.
 */
public record UpSampling2D(LayerConf conf, Pair size, DataFormat dataFormat, Interpolation interpolation)
        implements Layer {

    /** How often: one number, or for rows and columns. */
    public static UpSampling2D of(int... size) {
        return new UpSampling2D(LayerConf.DEFAULT, Pair.of("size", size), DataFormat.of(null), Interpolation.NEAREST);
    }

    /** Twice. */
    public static UpSampling2D of() {
        return of(2);
    }

    public UpSampling2D dataFormat(@Nullable String value) {
        return new UpSampling2D(conf, size, DataFormat.of(value), interpolation);
    }

    /** {@code "nearest"} or {@code "bilinear"}. */
    public UpSampling2D interpolation(String value) {
        return new UpSampling2D(conf, size, dataFormat, Interpolation.of(value));
    }

    @Override
    public Shape outputShape(Shape input) {
        Rank.require(name(), input, 4);
        Shape taller = times(input, dataFormat.heightAxis(), size.height());
        return times(taller, dataFormat.widthAxis(), size.width());
    }

    private static Shape times(Shape shape, int axis, int factor) {
        return shape.isKnown(axis) ? shape.with(axis, Math.multiplyExact(shape.dimension(axis), factor)) : shape;
    }

    @Override
    public Map<String, @Nullable Object> config() {
        return Layer.common(this)
                .with("size", size.asList())
                .with("data_format", dataFormat.kerasName())
                .with("interpolation", interpolation.kerasName())
                .asMap();
    }

    @Override
    public UpSampling2D conf(LayerConf value) {
        return new UpSampling2D(value, size, dataFormat, interpolation);
    }

    public UpSampling2D name(String value) {
        return conf(conf.name(value));
    }

    public UpSampling2D trainable(boolean value) {
        return conf(conf.trainable(value));
    }

    /** The shape of one sample, where this is a model's first layer. */
    public UpSampling2D inputShape(int... sample) {
        return conf(conf.inputShape(sample));
    }
}
