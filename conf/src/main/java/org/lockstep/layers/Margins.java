package org.lockstep.layers;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Rows and columns at the sides of an image; none is negative. */
public record Margins(int top, int bottom, int left, int right) implements Serializable {

    /**
     * From one number (for all sides), two (top and bottom, left and right), or four in the order of the components.
     *
     * @param argument Keras's name of the argument, for the error
     */
    public static Margins of(String argument, int... values) {
        return switch (values.length) {
            case 1 -> checked(argument, values[0], values[0], values[0], values[0]);
            case 2 -> checked(argument, values[0], values[0], values[1], values[1]);
            case 4 -> checked(argument, values[0], values[1], values[2], values[3]);
            default ->
                throw new IllegalArgumentException("`%s` should have two elements. Received: %s=%s."
                        .formatted(argument, argument, Arrays.toString(values)));
        };
    }

    private static Margins checked(String argument, int top, int bottom, int left, int right) {
        check("1st entry of " + argument, top, bottom);
        check("2nd entry of " + argument, left, right);
        return new Margins(top, bottom, left, right);
    }

    private static void check(String entry, int before, int after) {
        TreeSet<Integer> wrong = new TreeSet<>(List.of(before));
        wrong.add(after);
        wrong.removeIf(value -> value >= 0);
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException(
                    ("The `%s` argument must be a tuple of 2 integers. Received %s=(%d, %d), "
                                    + "including values %s that do not satisfy `value >= 0`")
                            .formatted(
                                    entry,
                                    entry,
                                    before,
                                    after,
                                    wrong.stream().map(Object::toString).collect(Collectors.joining(", ", "{", "}"))));
        }
    }

    /** An image batch's shape with these rows and columns around each image. */
    Shape added(Shape input, DataFormat format) {
        Shape taller = longer(input, format.heightAxis(), Math.addExact(top, bottom));
        return longer(taller, format.widthAxis(), Math.addExact(left, right));
    }

    private static Shape longer(Shape shape, int axis, int by) {
        return shape.isKnown(axis) ? shape.with(axis, Math.addExact(shape.dimension(axis), by)) : shape;
    }

    /** An image batch's shape without these rows and columns of each image. */
    Shape removed(Shape input, DataFormat format) {
        int down = Math.addExact(top, bottom);
        int across = Math.addExact(left, right);
        if (!leaves(input, format.heightAxis(), down) || !leaves(input, format.widthAxis(), across)) {
            throw new IllegalArgumentException(
                    "Values in `cropping` argument should be smaller than the corresponding spatial dimension of the "
                            + "input. Received: input_shape=%s, cropping=((%d, %d), (%d, %d))"
                                    .formatted(input, top, bottom, left, right));
        }
        return longer(longer(input, format.heightAxis(), -down), format.widthAxis(), -across);
    }

    private static boolean leaves(Shape input, int axis, int less) {
        return !input.isKnown(axis) || less < input.dimension(axis);
    }

    /** The numbers as Keras writes them. */
    public List<List<Integer>> asList() {
        return List.of(List.of(top, bottom), List.of(left, right));
    }
}
