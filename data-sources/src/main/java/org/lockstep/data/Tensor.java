package org.lockstep.data;

import java.io.Serializable;
import java.util.Arrays;

/**
 * A block of 32-bit floats with a shape, in C order on the heap.
 *
 * <p>Immutable by convention only: neither {@link #of} nor {@link #values} copies, because batches pass here at full
 * training speed. Whoever hands an array over must not write to it afterwards. Safe to read from several threads.
 */
public final class Tensor implements Serializable {

    private static final long serialVersionUID = 1;

    private final int[] shape;
    private final float[] values;

    private Tensor(int[] shape, float[] values) {
        this.shape = shape;
        this.values = values;
    }

    /**
     * The tensor of these values; the array is kept, not copied.
     *
     * @throws IllegalArgumentException if the shape does not hold exactly that many values
     */
    public static Tensor of(int[] shape, float... values) {
        if (count(shape) != values.length) {
            throw new IllegalArgumentException("Invalid `values`: shape " + text(shape) + " holds " + count(shape)
                    + " values. Received: " + values.length + " values");
        }
        return new Tensor(shape.clone(), values);
    }

    /** A tensor of zeros. */
    public static Tensor zeros(int... shape) {
        long count = count(shape);
        if (count > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(
                    "Invalid `shape`: a tensor holds fewer than 2^31 values. Received: " + text(shape));
        }
        return new Tensor(shape.clone(), new float[(int) count]);
    }

    public int[] shape() {
        return shape.clone();
    }

    /** The number of axes. */
    public int rank() {
        return shape.length;
    }

    /** The length of an axis; -1 is the last axis. */
    public int dimension(int axis) {
        int index = axis < 0 ? axis + shape.length : axis;
        if (index < 0 || index >= shape.length) {
            throw new IllegalArgumentException(
                    "Invalid `axis`: must be in [" + -shape.length + ", " + shape.length + "). Received: " + axis);
        }
        return shape[index];
    }

    /** The number of values. */
    public int size() {
        return values.length;
    }

    /** The backing array, in C order: not a copy. */
    public float[] values() {
        return values;
    }

    /** The same values (not copied) under another shape of the same size. */
    public Tensor reshape(int... shape) {
        if (count(shape) != values.length) {
            throw new IllegalArgumentException("Cannot reshape " + this + " to " + text(shape) + ": it has "
                    + values.length + " values and not " + count(shape));
        }
        return new Tensor(shape.clone(), values);
    }

    /** A copy of rows [from, to) of axis 0. */
    public Tensor rows(int from, int to) {
        int rows = dimension(0);
        if (from < 0 || to < from || to > rows) {
            throw new IllegalArgumentException("Invalid rows: must be within [0, " + rows
                    + "] and in order. Received: [" + from + ", " + to + ")");
        }
        int row = rows == 0 ? 0 : values.length / rows;
        int[] part = shape.clone();
        part[0] = to - from;
        return new Tensor(part, Arrays.copyOfRange(values, from * row, to * row));
    }

    /** Equal shapes and equal bits: NaN equals NaN, and -0 is not 0. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Tensor tensor
                && Arrays.equals(shape, tensor.shape)
                && Arrays.equals(values, tensor.values);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(shape) + Arrays.hashCode(values);
    }

    /** The shape alone: {@code Tensor(2, 3)}. */
    @Override
    public String toString() {
        return "Tensor" + text(shape);
    }

    private static long count(int[] shape) {
        long count = 1;
        for (int length : shape) {
            if (length < 0) {
                throw new IllegalArgumentException(
                        "Invalid `shape`: lengths must not be negative. Received: " + text(shape));
            }
            if (length > 0 && count > Long.MAX_VALUE / length) {
                throw new IllegalArgumentException(
                        "Invalid `shape`: a tensor holds fewer than 2^31 values. Received: " + text(shape));
            }
            count *= length;
        }
        return count;
    }

    private static String text(int[] shape) {
        return "(" + Arrays.toString(shape).replaceAll("[\\[\\]]", "") + ")";
    }
}
