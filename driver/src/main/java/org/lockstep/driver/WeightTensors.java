package org.lockstep.driver;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lockstep.data.Tensor;
import org.lockstep.executor.TrainState;
import org.lockstep.model.WeightLayout;

/** Weights as tensors in the order of Keras's {@code get_weights}: layer by layer, trainable ones first in each. */
final class WeightTensors {

    private WeightTensors() {}

    static List<Tensor> read(WeightLayout layout, TrainState state) {
        List<Tensor> tensors = new ArrayList<>();
        for (WeightLayout.Slot slot : layout.slots()) {
            float[] values = new float[slot.size()];
            state.weights().get(slot.offset(), values);
            tensors.add(Tensor.of(slot.variable().shape().dimensions(), values));
        }
        return List.copyOf(tensors);
    }

    static void write(WeightLayout layout, TrainState state, List<Tensor> weights) {
        List<WeightLayout.Slot> slots = layout.slots();
        if (weights.size() != slots.size()) {
            throw new IllegalArgumentException(
                    "You called `set_weights(weights)` with a weight list of length %d, but the model was expecting %d weights."
                            .formatted(weights.size(), slots.size()));
        }
        for (int i = 0; i < slots.size(); i++) {
            int[] shape = slots.get(i).variable().shape().dimensions();
            if (!Arrays.equals(shape, weights.get(i).shape())) {
                throw new IllegalArgumentException("Invalid weight %s: its shape must be %s. Received: %s"
                        .formatted(slots.get(i).path(), Arrays.toString(shape), weights.get(i)));
            }
        }
        for (int i = 0; i < slots.size(); i++) {
            state.weights().put(slots.get(i).offset(), weights.get(i).values());
        }
    }
}
