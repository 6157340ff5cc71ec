package org.lockstep.layers;

import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.Collectors;

/** A tensor's shape with the batch dimension first; a dimension may be unknown, as Keras's {@code None}. */
public final class Shape implements Serializable {

    /** An unknown dimension. */
    public static final int UNKNOWN = -1;

    private final int[] dimensions;

    private Shape(int[] dimensions) {
        for (int dimension : dimensions) {
            if (dimension < 0 && dimension != UNKNOWN) {
                throw new IllegalArgumentException(
                        "Invalid shape: dimensions must not be negative. Received: " + Arrays.toString(dimensions));
            }
        }
        this.dimensions = dimensions;
    }

    /** A shape with all its dimensions, the batch first. */
    public static Shape of(int... dimensions) {
        return new Shape(dimensions.clone());
    }

    /** A batch of unknown size of samples of this shape. */
    public static Shape batchOf(int... sample) {
        int[] dimensions = new int[sample.length + 1];
        dimensions[0] = UNKNOWN;
        System.arraycopy(sample, 0, dimensions, 1, sample.length);
        return new Shape(dimensions);
    }

    public int rank() {
        return dimensions.length;
    }

    /** One dimension; negative axes count from the end. */
    public int dimension(int axis) {
        return dimensions[axis < 0 ? axis + dimensions.length : axis];
    }

    public boolean isKnown(int axis) {
        return dimension(axis) != UNKNOWN;
    }

    /** The same shape with another size of one axis. */
    public Shape with(int axis, int size) {
        int[] changed = dimensions.clone();
        changed[axis < 0 ? axis + changed.length : axis] = size;
        return new Shape(changed);
    }

    /** All dimensions, the batch first. */
    public int[] dimensions() {
        return dimensions.clone();
    }

    /** The dimensions of one sample. */
    public int[] sample() {
        return Arrays.copyOfRange(dimensions, 1, dimensions.length);
    }

    /** Numbers in one sample; all its dimensions must be known. */
    public int sampleSize() {
        int size = 1;
        for (int dimension : sample()) {
            if (dimension == UNKNOWN) {
                throw new IllegalArgumentException(
                        "Cannot count the numbers of a sample: shape " + this + " is not fully known");
            }
            size = Math.multiplyExact(size, dimension);
        }
        return size;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shape shape && Arrays.equals(dimensions, shape.dimensions);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(dimensions);
    }

    /** Keras's form: {@code (None, 26, 26, 32)}. */
    @Override
    public String toString() {
        String inner = Arrays.stream(dimensions)
                .mapToObj(d -> d == UNKNOWN ? "None" : Integer.toString(d))
                .collect(Collectors.joining(", "));
        return dimensions.length == 1 ? "(" + inner + ",)" : "(" + inner + ")";
    }
}
