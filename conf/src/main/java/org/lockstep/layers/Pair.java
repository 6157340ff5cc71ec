package org.lockstep.layers;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Two integers, for height and width. */
public record Pair(int height, int width) implements Serializable {

    /**
     * A pair of positive integers from one number (for both) or two, as Keras's tuple arguments take them.
     *
     * @param argument Keras's name of the argument, for the error
     */
    public static Pair of(String argument, int... values) {
        return of(argument, 1, values);
    }

    /** As {@link #of}, but of numbers that are 0 or more. */
    static Pair orZero(String argument, int... values) {
        return of(argument, 0, values);
    }

    private static Pair of(String argument, int least, int... values) {
        String tuple = values.length == 1
                ? Integer.toString(values[0])
                : Arrays.stream(values).mapToObj(Integer::toString).collect(Collectors.joining(", ", "(", ")"));
        if (values.length != 1 && values.length != 2) {
            throw new IllegalArgumentException("The `%s` argument must be a tuple of 2 integers. Received %s=%s"
                    .formatted(argument, argument, tuple));
        }
        Pair pair = new Pair(values[0], values[values.length - 1]);
        TreeSet<Integer> wrong = new TreeSet<>();
        for (int value : values) {
            if (value < least) {
                wrong.add(value);
            }
        }
        if (!wrong.isEmpty()) {
            String values0 = wrong.stream().map(Object::toString).collect(Collectors.joining(", ", "{", "}"));
            throw new IllegalArgumentException(("The `%s` argument must be a tuple of 2 integers. Received %s=%s, "
                            + "including values %s that do not satisfy `value %s 0`")
                    .formatted(argument, argument, tuple, values0, least == 0 ? ">=" : ">"));
        }
        return pair;
    }

    int max() {
        return Math.max(height, width);
    }

    /** The numbers as Keras writes them. */
    public List<Integer> asList() {
        return List.of(height, width);
    }

    @Override
    public String toString() {
        return "(" + height + ", " + width + ")";
    }
}
