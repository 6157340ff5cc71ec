package org.lockstep.executor.step.onednn;

import java.util.List;
import org.bytedeco.dnnl.memory.desc;
import org.jspecify.annotations.Nullable;
import org.lockstep.layers.Dropout;

/** Operations of dropout. */
record DropoutLayers(Builder builder) {

    /** @param index the layer's place in the model */
    Value add(int index, Dropout layer, Value x) {
        if (!builder.trains() || layer.rate() == 0) {
            return x;
        }
        desc form = x.layout().desc();
        desc maskDesc = layer.noiseShape() == null
                ? x.layout().numbers(Numbers.FLOAT32).desc()
                : Device.plain(noise(layer.noiseShape(), x));
        Slot mask = builder.device().arena().bytes(maskDesc.get_size());
        Value y = new Value(x.layout(), builder.data(x.layout()), x.gradient());
        Call forward = Multiplication.call(builder.device(), form, x.data(), maskDesc, mask, y.data());
        Call backward = y.gradient() == null
                ? null
                : Multiplication.call(builder.device(), form, y.gradient(), maskDesc, mask, y.gradient());
        builder.add(new DropoutOperation(layer, index, mask, forward, backward));
        return y;
    }

    private static long[] noise(List<@Nullable Integer> noiseShape, Value x) {
        long[] dims = x.layout().dims();
        for (int axis = 0; axis < dims.length; axis++) {
            Integer wanted = noiseShape.get(axis);
            if (wanted != null && wanted != 1 && wanted != dims[axis]) {
                throw new IllegalArgumentException(
                        "Invalid `noise_shape`: entry %d must be 1 or the input's dimension %d. Received: %d"
                                .formatted(axis, dims[axis], wanted));
            }
            dims[axis] = wanted == null ? dims[axis] : wanted;
        }
        return dims;
    }
}
