package org.lockstep.driver.conformance;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lockstep.constraints.Constraint;
import org.lockstep.initializers.Initializer;
import org.lockstep.keras.NotSupportedException;
import org.lockstep.layers.BatchNormalization;
import org.lockstep.layers.Conv2D;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Flatten;
import org.lockstep.layers.Input;
import org.lockstep.layers.Layer;
import org.lockstep.layers.Variable;
import org.lockstep.layers.Weight;
import org.lockstep.model.Sequential;
import org.lockstep.model.WeightLayout;
import org.lockstep.regularizers.Regularizer;

/**
 * A model whose trainable variables have given shapes: vectors as the offset of a normalization, matrices as the kernel
 * of a dense layer, a first rank-4 variable as the kernel of a convolution. What lies between them is frozen.
 */
final class Holder {

    private final List<Layer> layers = new ArrayList<>();
    private int width;

    private Holder() {}

    /** A model that holds these shapes, with one regularizer and constraint on all. */
    static Sequential of(List<int[]> shapes, @Nullable Regularizer regularizer, @Nullable Constraint constraint) {
        Holder holder = new Holder();
        shapes.forEach(shape -> holder.add(shape, regularizer, constraint));
        return Sequential.of(holder.layers.toArray(new Layer[0]));
    }

    private void add(int[] shape, @Nullable Regularizer regularizer, @Nullable Constraint constraint) {
        if (shape.length == 1) {
            bridge(shape[0]);
            layers.add(BatchNormalization.of()
                    .scale(false)
                    .beta(new Weight(Initializer.of("zeros"), regularizer, constraint)));
        } else if (shape.length == 2) {
            bridge(shape[0]);
            layers.add(Dense.of(shape[1])
                    .useBias(false)
                    .kernelRegularizer(regularizer)
                    .kernelConstraint(constraint));
        } else if (shape.length == 4 && layers.isEmpty()) {
            layers.add(Input.of(shape[0], shape[1], shape[2]));
            layers.add(Conv2D.of(shape[3], shape[0], shape[1])
                    .dataFormat("channels_last")
                    .useBias(false)
                    .kernelRegularizer(regularizer)
                    .kernelConstraint(constraint));
            layers.add(Flatten.of());
        } else {
            throw new NotSupportedException("variable of shape " + Arrays.toString(shape));
        }
        width = shape[shape.length - 1];
    }

    private void bridge(int next) {
        if (layers.isEmpty()) {
            layers.add(Input.of(next));
        } else if (width != next) {
            layers.add(Dense.of(next).useBias(false).trainable(false));
        }
    }

    /** The held variables, in the order of their shapes. */
    static List<WeightLayout.Slot> held(Sequential model) {
        return model.layout().slots(Variable.Role.TRAINABLE);
    }

    /** Values of the held variables as the flat vector of a state. */
    static void put(Sequential model, List<Numbers> values, FloatBuffer into) {
        List<WeightLayout.Slot> slots = held(model);
        for (int i = 0; i < slots.size(); i++) {
            into.put(slots.get(i).offset(), values.get(i).toTensor().values());
        }
    }
}
