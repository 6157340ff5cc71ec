package org.lockstep.executor.step.dl4j;

import org.jspecify.annotations.Nullable;
import org.lockstep.layers.Layer;
import org.lockstep.regularizers.L1;
import org.lockstep.regularizers.L1L2;
import org.lockstep.regularizers.L2;
import org.lockstep.regularizers.Regularizer;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.BaseActivationFunction;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** The identity, which notes l1 · Σ|a| + l2 · Σa² of what passes and adds that penalty's gradient on the way back. */
final class ActivityPenalty extends BaseActivationFunction {

    private static final long serialVersionUID = 1;

    private final double l1;
    private final double l2;
    private double noted;

    private ActivityPenalty(double l1, double l2) {
        this.l1 = l1;
        this.l2 = l2;
    }

    static ActivityPenalty of(Layer layer, Regularizer regularizer) {
        if (regularizer instanceof L1 value) {
            return new ActivityPenalty(value.l1(), 0);
        }
        if (regularizer instanceof L2 value) {
            return new ActivityPenalty(0, value.l2());
        }
        if (regularizer instanceof L1L2 value) {
            return new ActivityPenalty(value.l1(), value.l2());
        }
        throw Refusal.of(layer, "activity_regularizer", "must be L1, L2 or L1L2", regularizer.className());
    }

    /** The penalty of the last forward pass. */
    double noted() {
        return noted;
    }

    @Override
    public INDArray getActivation(INDArray in, boolean training) {
        noted = 0;
        for (float value : in.dup('c').data().asFloat()) {
            noted += l1 * Math.abs((double) value) + l2 * value * value;
        }
        return in;
    }

    @Override
    public Pair<INDArray, @Nullable INDArray> backprop(INDArray in, INDArray epsilon) {
        assertShape(in, epsilon);
        INDArray slope = Transforms.sign(in, true).muli(l1).addi(in.mul(2 * l2));
        return new Pair<>(slope.addi(epsilon), null);
    }
}
