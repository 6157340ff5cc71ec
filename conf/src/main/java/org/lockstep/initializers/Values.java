package org.lockstep.initializers;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.keras.Dict;
import org.lockstep.random.CounterRandom;

/** Given values of exactly the variable's shape, as Keras 3 takes an array for an initializer. */
public record Values(List<Integer> shape, List<Float> data) implements Initializer {

    public Values {
        shape = List.copyOf(shape);
        data = List.copyOf(data);
        int size = shape.stream().reduce(1, Math::multiplyExact);
        if (size != data.size()) {
            throw new IllegalArgumentException("Invalid initializer values: shape %s needs %d numbers. Received: %d"
                    .formatted(shape, size, data.size()));
        }
    }

    @Override
    public float[] values(int[] wanted, CounterRandom random) {
        List<Integer> expected = Arrays.stream(wanted).boxed().toList();
        if (!shape.equals(expected)) {
            throw new IllegalArgumentException(
                    "Invalid initializer values: their shape must be the variable's, %s. Received: %s"
                            .formatted(expected, shape));
        }
        float[] values = new float[data.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = data.get(i);
        }
        return values;
    }

    @Override
    public Map<String, @Nullable Object> config() {
        return Dict.of("shape", shape).with("values", data).asMap();
    }
}
