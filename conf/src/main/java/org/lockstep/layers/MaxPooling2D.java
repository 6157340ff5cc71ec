package org.lockstep.layers;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.keras.Dict;

/**
 * The largest number of each window, channel by channel; padding never wins.
 *
 * <p>Input shape: (batch, height, width, channels), or (batch, channels, height, width) with channels_first. Output shape:
 * the same order, height and width as the padding says: valid ⌊(n − k) / s⌋ + 1, same ⌈n / s⌉.
 */
public record MaxPooling2D(LayerConf conf, Window window) implements Layer {

    /** Windows of this size (one number, or height and width), side by side. */
    public static MaxPooling2D of(int... poolSize) {
        Pair size = Pair.of("pool_size", poolSize);
        Window window = new Window(size, size, Padding.VALID, Pair.of("dilation", 1), DataFormat.of(null));
        return new MaxPooling2D(LayerConf.DEFAULT, window);
    }

    /** Windows of 2 × 2. */
    public static MaxPooling2D of() {
        return of(2);
    }

    /** One number, or height and width; without this call the strides are the pool size. */
    public MaxPooling2D strides(int... value) {
        return window(window.strides(Pair.of("strides", value)));
    }

    public MaxPooling2D padding(String value) {
        return window(window.padding(Padding.of(value)));
    }

    public MaxPooling2D dataFormat(@Nullable String value) {
        return window(window.dataFormat(DataFormat.of(value)));
    }

    private MaxPooling2D window(Window value) {
        return new MaxPooling2D(conf, value);
    }

    @Override
    public Shape outputShape(Shape input) {
        Rank.require(name(), input, 4);
        return window.outputShape(
                name(), input, input.dimension(window.dataFormat().channelAxis()));
    }

    @Override
    public Map<String, @Nullable Object> config() {
        Dict dict = Layer.common(this);
        return dict.with("pool_size", window.size().asList())
                .with("padding", window.padding().kerasName())
                .with("strides", window.strides().asList())
                .with("data_format", window.dataFormat().kerasName())
                .asMap();
    }

    @Override
    public MaxPooling2D conf(LayerConf value) {
        return new MaxPooling2D(value, window);
    }

    public MaxPooling2D name(String value) {
        return conf(conf.name(value));
    }

    public MaxPooling2D trainable(boolean value) {
        return conf(conf.trainable(value));
    }

    /** The shape of one sample, where this is a model's first layer. */
    public MaxPooling2D inputShape(int... sample) {
        return conf(conf.inputShape(sample));
    }
}
