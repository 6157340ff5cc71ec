package org.lockstep.layers;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.keras.Dict;

/**
 * Where a model begins: Keras's {@code InputLayer}, and the tensor that comes out of it.
 *
 * @param shape the shape of a batch, its first dimension unknown
 */
public record Input(LayerConf conf, Shape shape) implements Layer, KerasTensor {

    /** A batch of samples of this shape. */
    public static Input of(int... sample) {
        return new Input(LayerConf.DEFAULT, Shape.batchOf(sample));
    }

    @Override
    public Input conf(LayerConf value) {
        return new Input(value, shape);
    }

    public Input name(String value) {
        return conf(conf.name(value));
    }

    @Override
    public Shape outputShape(Shape input) {
        return input;
    }

    @Override
    public String className() {
        return "InputLayer";
    }

    @Override
    public Map<String, @Nullable Object> config() {
        return Dict.of("batch_shape", shape)
                .with("dtype", "float32")
                .with("sparse", false)
                .with("name", name())
                .asMap();
    }
}
