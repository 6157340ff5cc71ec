package org.lockstep.initializers;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.keras.Dict;
import org.lockstep.random.CounterRandom;

/** gain on the diagonal of a matrix (square or not), 0 elsewhere; rank 2 only. */
public record Identity(double gain) implements Initializer {

    public static Identity of() {
        return new Identity(1);
    }

    @Override
    public float[] values(int[] shape, CounterRandom random) {
        if (shape.length != 2) {
            throw new IllegalArgumentException(
                    "Identity matrix initializer can only be used for 2D matrices. Received: rank " + shape.length);
        }
        float[] values = new float[Draw.size(shape)];
        for (int i = 0; i < Math.min(shape[0], shape[1]); i++) {
            values[i * shape[1] + i] = (float) gain;
        }
        return values;
    }

    @Override
    public Map<String, @Nullable Object> config() {
        return Dict.of("gain", gain).asMap();
    }
}
