package org.lockstep.data.spark;

import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What one row gives: the shapes of a sample's x and y, and how x is stored.
 *
 * <p>x is floats, or with {@link #bytes} unsigned bytes, which take a quarter of the disk and become floats when a batch is
 * made. y is one number, or with {@link #y} a block of them.
 *
 * @param xShape the shape of one sample's x, such as (28, 28, 1)
 * @param yShape the shape of one sample's y; empty for a single number
 * @param scale the factor that takes a byte to a value of x; 0 where x is floats
 * @param classes labels must be whole numbers in [0, classes); 0: they are not checked
 * @param weighted whether each row has a weight
 */
public record RowLayout(List<Integer> xShape, List<Integer> yShape, float scale, int classes, boolean weighted)
        implements Serializable {

    private static final float DEFAULT_SCALE = 1f / 255;
    private static final long LARGEST_RECORD = 1L << 28;

    public RowLayout {
        xShape = List.copyOf(xShape);
        yShape = List.copyOf(yShape);
        check("xShape", xShape);
        check("yShape", yShape);
        if (!Float.isFinite(scale)) {
            throw new IllegalArgumentException("Invalid `scale`: must be a finite number. Received: " + scale);
        }
        if (classes < 0) {
            throw new IllegalArgumentException(
                    "Invalid `classes`: must be a positive integer, or 0 for unchecked labels. Received: " + classes);
        }
        if (classes > 0 && !yShape.isEmpty()) {
            throw new IllegalArgumentException(
                    "Invalid `classes`: only labels that are one number can be checked. Received: " + classes
                            + " with y of shape " + yShape);
        }
        if (size(xShape) + size(yShape) > LARGEST_RECORD) {
            throw new IllegalArgumentException("Invalid shape: a row must have at most " + LARGEST_RECORD
                    + " values. Received: " + xShape + " and " + yShape);
        }
    }

    /** Floats of this shape, and a label that is one number. */
    public static RowLayout of(int... xShape) {
        return new RowLayout(IntStream.of(xShape).boxed().toList(), List.of(), 0, 0, false);
    }

    /** x is unsigned bytes, each divided by 255. */
    public RowLayout bytes() {
        return bytes(DEFAULT_SCALE);
    }

    /** x is unsigned bytes, each times a factor. */
    public RowLayout bytes(float scale) {
        if (scale == 0) {
            throw new IllegalArgumentException("Invalid `scale`: must not be 0. Received: " + scale);
        }
        return new RowLayout(xShape, yShape, scale, classes, weighted);
    }

    /** y is numbers of this shape. */
    public RowLayout y(int... shape) {
        return new RowLayout(xShape, IntStream.of(shape).boxed().toList(), scale, classes, weighted);
    }

    /** Refuses labels other than 0, 1, ..., classes - 1. */
    public RowLayout classes(int classes) {
        if (classes == 0) {
            throw new IllegalArgumentException("Invalid `classes`: must be a positive integer. Received: 0");
        }
        return new RowLayout(xShape, yShape, scale, classes, weighted);
    }

    /** Each row has a weight, Keras's {@code sample_weight}. */
    public RowLayout withWeights() {
        return new RowLayout(xShape, yShape, scale, classes, true);
    }

    boolean isBytes() {
        return scale != 0;
    }

    int xSize() {
        return (int) size(xShape);
    }

    int ySize() {
        return (int) size(yShape);
    }

    int[] xDimensions() {
        return xShape.stream().mapToInt(Integer::intValue).toArray();
    }

    int[] yDimensions() {
        return yShape.stream().mapToInt(Integer::intValue).toArray();
    }

    private static long size(List<Integer> shape) {
        long size = 1;
        for (int dimension : shape) {
            size = Math.min(size * dimension, Integer.MAX_VALUE);
        }
        return size;
    }

    private static void check(String name, List<Integer> shape) {
        if (shape.stream().anyMatch(dimension -> dimension < 1)) {
            throw new IllegalArgumentException(
                    "Invalid `" + name + "`: dimensions must be positive. Received: " + shape);
        }
    }
}
