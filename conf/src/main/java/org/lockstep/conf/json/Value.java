package org.lockstep.conf.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.lockstep.layers.Shape;

/** One plain value as the type that an argument takes; what does not fit is refused by the argument's name. */
final class Value {

    private Value() {}

    static int integer(String name, @Nullable Object value) {
        if (value instanceof Integer number) {
            return number;
        }
        throw wrong(name, "an integer", value);
    }

    static long wide(String name, @Nullable Object value) {
        if (value instanceof Integer || value instanceof Long) {
            return ((Number) value).longValue();
        }
        throw wrong(name, "an integer", value);
    }

    static double number(String name, @Nullable Object value) {
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        throw wrong(name, "a number", value);
    }

    /** A number that Keras keeps in a float32 variable and writes widened, 0.0010000000474974513 for 0.001. */
    static double single(String name, @Nullable Object value) {
        double number = number(name, value);
        return (float) number == number ? Double.parseDouble(Float.toString((float) number)) : number;
    }

    static boolean flag(String name, @Nullable Object value) {
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw wrong(name, "True or False", value);
    }

    static String text(String name, @Nullable Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw wrong(name, "a string", value);
    }

    /** One integer or two, as Keras's {@code standardize_tuple} takes them. */
    static int[] pair(String name, @Nullable Object value) {
        String message = "The `%s` argument must be a tuple of 2 integers. Received %s=%s"
                .formatted(name, name, Plain.str(value));
        if (value instanceof Integer number) {
            return new int[] {number};
        }
        if (!(value instanceof List<?> list) || list.size() != 2) {
            throw new IllegalArgumentException(message);
        }
        int[] pair = new int[2];
        for (int i = 0; i < 2; i++) {
            Object element = list.get(i);
            if (!(element instanceof Integer number)) {
                throw new IllegalArgumentException("%s, including element %s of type %s"
                        .formatted(message, Plain.str(element), Plain.type(element)));
            }
            pair[i] = number;
        }
        return pair;
    }

    /** One axis or several. */
    static List<Integer> axes(String name, @Nullable Object value) {
        if (value instanceof Integer axis) {
            return List.of(axis);
        }
        List<Integer> axes = new ArrayList<>();
        for (Object axis : list(name, "an integer or a list of integers", value)) {
            axes.add(integer(name, axis));
        }
        return axes;
    }

    /** Dimensions, {@link Shape#UNKNOWN} where null. */
    static int[] dimensions(String name, @Nullable Object value) {
        List<?> list = list(name, "a list of dimensions", value);
        int[] dimensions = new int[list.size()];
        for (int i = 0; i < dimensions.length; i++) {
            Object dimension = list.get(i);
            dimensions[i] = dimension == null ? Shape.UNKNOWN : integer(name, dimension);
            if (dimension != null && dimensions[i] < 0) {
                throw wrong(name, "a list of dimensions that are not negative", value);
            }
        }
        return dimensions;
    }

    /** Integers and nulls. */
    static Integer[] optionalIntegers(String name, @Nullable Object value) {
        List<@Nullable Integer> integers = new ArrayList<>();
        for (Object entry : list(name, "a list of integers", value)) {
            integers.add(entry == null ? null : (Integer) integer(name, entry));
        }
        return integers.toArray(new Integer[0]);
    }

    private static List<?> list(String name, String rule, @Nullable Object value) {
        if (value instanceof List<?> list) {
            return list;
        }
        throw wrong(name, rule, value);
    }

    /** One of an enumeration's names, in lower case. */
    static <E extends Enum<E>> E choice(String name, @Nullable Object value, E[] choices) {
        List<String> names = new ArrayList<>();
        for (E choice : choices) {
            String written = choice.name().toLowerCase(Locale.ROOT);
            if (written.equals(value)) {
                return choice;
            }
            names.add(written);
        }
        throw wrong(name, "one of " + String.join(", ", names), value);
    }

    static IllegalArgumentException wrong(String name, String rule, @Nullable Object value) {
        return new IllegalArgumentException("Invalid `%s`: must be %s. Received: %s=%s of type %s"
                .formatted(name, rule, name, Plain.repr(value), Plain.type(value)));
    }
}
