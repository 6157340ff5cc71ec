package org.lockstep.layers;

import java.util.ArrayList;
import java.util.List;

/** A layer that makes one tensor of several. */
public sealed interface Merge extends Layer permits Add, Average, Concatenate, Maximum, Minimum, Multiply, Subtract {

    /** Refused, as Keras does: a merging layer takes a list, be it of one. */
    @Override
    default KerasTensor on(KerasTensor input) {
        throw new IllegalArgumentException(
                "A merge layer should be called on a list of inputs. Received: inputs=%s (not a list of tensors)"
                        .formatted(input));
    }

    /** The tensor that this layer makes of these. */
    default KerasTensor on(KerasTensor first, KerasTensor second, KerasTensor... others) {
        List<KerasTensor> inputs = new ArrayList<>(List.of(first, second));
        inputs.addAll(List.of(others));
        return on(inputs);
    }

    /** The tensor that this layer makes of these, one or more. */
    default KerasTensor on(List<KerasTensor> inputs) {
        return Node.of(this, inputs);
    }

    @Override
    Shape outputShape(List<Shape> inputs);

    @Override
    default Shape outputShape(Shape input) {
        throw new IllegalArgumentException(
                "A merge layer should be called on a list of inputs. Received: input_shape=%s (not a list of shapes)"
                        .formatted(input));
    }
}
