package org.lockstep.model;

import java.io.Serializable;
import java.util.List;

/**
 * One call of a layer in a model.
 *
 * @param layer the layer's index in the model's layers
 * @param inputs the tensors that it reads, by number: 0 is what goes into the model, i + 1 what comes out of call i
 */
public record LayerCall(int layer, List<Integer> inputs) implements Serializable {

    public LayerCall {
        inputs = List.copyOf(inputs);
    }
}
