package org.lockstep.executor.optimizer;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.lockstep.layers.Shape;

/** The numbers of a variable in groups that share a norm √Σw² over some axes. */
final class GroupNorms {

    private final int[] shape;
    /** How far the group's number moves with each axis: 0 along the axes of the norm. */
    private final int[] stride;

    private final int groups;

    GroupNorms(int[] shape, List<Integer> axes) {
        boolean[] reduced = new boolean[shape.length];
        for (int axis : axes) {
            reduced[normalized(axis, shape)] = true;
        }
        int next = 1;
        this.shape = shape;
        this.stride = new int[shape.length];
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            if (!reduced[axis]) {
                stride[axis] = next;
                next *= shape[axis];
            }
        }
        this.groups = next;
    }

    /** Refuses axes that the shape does not have. */
    static void check(int[] shape, List<Integer> axes) {
        axes.forEach(axis -> normalized(axis, shape));
    }

    /** Multiplies all numbers of each group by a function of their norm. */
    void scale(float[] values, DoubleUnaryOperator factorOfNorm) {
        double[] factors = new double[groups];
        forEachRow(values.length, (row, length, group, step) -> {
            for (int i = 0; i < length; i++) {
                factors[group + i * step] += (double) values[row + i] * values[row + i];
            }
        });
        for (int group = 0; group < groups; group++) {
            factors[group] = factorOfNorm.applyAsDouble(Math.sqrt(factors[group]));
        }
        forEachRow(values.length, (row, length, group, step) -> {
            for (int i = 0; i < length; i++) {
                values[row + i] = (float) (values[row + i] * factors[group + i * step]);
            }
        });
    }

    private interface Row {
        void accept(int offset, int length, int group, int step);
    }

    /** Visits the variable along its last axis, in C order. */
    private void forEachRow(int size, Row visitor) {
        int last = shape.length - 1;
        int length = last < 0 ? 1 : shape[last];
        int step = last < 0 ? 0 : stride[last];
        int[] index = new int[shape.length];
        for (int offset = 0; offset < size; offset += length) {
            int group = 0;
            for (int axis = 0; axis < last; axis++) {
                group += index[axis] * stride[axis];
            }
            visitor.accept(offset, length, group, step);
            for (int axis = last - 1; axis >= 0 && ++index[axis] == shape[axis]; axis--) {
                index[axis] = 0;
            }
        }
    }

    private static int normalized(int axis, int[] shape) {
        int place = axis < 0 ? axis + shape.length : axis;
        if (place < 0 || place >= shape.length) {
            throw new IllegalArgumentException(
                    "Invalid `axis`: must name an axis of the variable of shape %s. Received: %d"
                            .formatted(Shape.of(shape), axis));
        }
        return place;
    }
}
