package org.lockstep.driver.conformance;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.lockstep.data.Tensor;
import org.lockstep.model.WeightLayout;

/** A block of doubles with a shape, in C order. */
record Numbers(int[] shape, double[] values) {

    static Numbers of(Tensor tensor) {
        return of(tensor.shape(), tensor.values());
    }

    static Numbers of(int[] shape, float... values) {
        double[] wide = new double[values.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = values[i];
        }
        return new Numbers(shape, wide);
    }

    /** One variable's part of a flat vector. */
    static Numbers of(WeightLayout.Slot slot, FloatBuffer flat) {
        float[] values = new float[slot.size()];
        flat.get(slot.offset(), values);
        return of(slot.variable().shape().dimensions(), values);
    }

    Tensor toTensor() {
        float[] single = new float[values.length];
        for (int i = 0; i < single.length; i++) {
            single[i] = (float) values[i];
        }
        return Tensor.of(shape, single);
    }

    int rows() {
        return shape[0];
    }

    /** The shape without axis 0. */
    int[] sample() {
        return Arrays.copyOfRange(shape, 1, shape.length);
    }

    /** Σ a · b. */
    double dot(Numbers other) {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += values[i] * other.values[i];
        }
        return sum;
    }
}
