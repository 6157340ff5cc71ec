package org.lockstep.executor.step.dl4j;

import java.nio.FloatBuffer;
import java.util.stream.IntStream;
import org.lockstep.layers.Variable;
import org.lockstep.model.WeightLayout;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The way of one variable between the flat vectors and a DL4J parameter.
 *
 * @param key DL4J's name of the parameter
 * @param axes axis i of the parameter is axis axes[i] of the variable, which may lack the leading 1
 */
@SuppressWarnings("ArrayRecordComponent") // made once, never handed out
record Transfer(WeightLayout.Slot slot, String key, int[] axes) {

    /** DL4J's kernels are (out, in, height, width) and (in, units); the rest are rows. */
    static Transfer of(WeightLayout.Slot slot, int layer) {
        Variable variable = slot.variable();
        boolean convolution = variable.shape().rank() == 4;
        return new Transfer(
                slot,
                layer + "_" + name(variable.name()),
                convolution
                        ? new int[] {3, 2, 0, 1}
                        : Axes.identity(variable.shape().rank()));
    }

    private static String name(String variable) {
        return switch (variable) {
            case "kernel" -> "W";
            case "bias" -> "b";
            case "gamma", "beta" -> variable;
            case "moving_mean" -> "mean";
            case "moving_variance" -> "var";
            default -> throw new IllegalStateException("No DL4J parameter for variable " + variable);
        };
    }

    boolean moves() {
        return slot.variable().role() == Variable.Role.MOVING;
    }

    boolean isFrozen() {
        return slot.variable().role() == Variable.Role.FROZEN;
    }

    /** Sets the parameter from the weight vector. */
    void load(FloatBuffer weights, INDArray parameter) {
        float[] values = new float[slot.size()];
        weights.get(weights.position() + slot.offset(), values);
        long[] shape = shape();
        INDArray moved = Axes.permute(Nd4j.create(values, shape, 'c'), axes);
        parameter.assign(moved.reshape('c', parameter.shape()));
    }

    /** Writes factor times the parameter's gradient into the gradient vector. */
    void store(INDArray gradient, float factor, FloatBuffer gradients) {
        long[] shape = shape();
        long[] moved = IntStream.of(axes).mapToLong(axis -> shape[axis]).toArray();
        INDArray own = Axes.permute(gradient.dup('c').reshape('c', moved), Axes.inverse(axes));
        float[] values = own.data().asFloat();
        for (int i = 0; i < values.length; i++) {
            gradients.put(gradients.position() + slot.offset() + i, factor * values[i]);
        }
    }

    private long[] shape() {
        return Tensors.longs(slot.variable().shape().dimensions());
    }
}
