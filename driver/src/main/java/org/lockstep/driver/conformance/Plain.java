package org.lockstep.driver.conformance;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Plain values of a case as numbers, and whether two of them say the same. */
final class Plain {

    private static final Set<String> NOT_FINITE = Set.of("NaN", "Infinity", "-Infinity");

    private Plain() {}

    static double number(String what, @Nullable Object value) {
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        if (value instanceof String text && NOT_FINITE.contains(text)) {
            return Double.parseDouble(text);
        }
        throw new IllegalArgumentException("Invalid `%s`: must be a number. Received: %s".formatted(what, value));
    }

    static Numbers numbers(String what, @Nullable Object value) {
        if (value instanceof Map<?, ?> map && map.get("shape") instanceof List<?> shape) {
            int[] dimensions =
                    shape.stream().mapToInt(d -> (int) number(what, d)).toArray();
            return new Numbers(dimensions, array(what, map.get("data")));
        }
        if (value instanceof List<?> list) {
            return new Numbers(new int[] {list.size()}, array(what, list));
        }
        return new Numbers(new int[0], new double[] {number(what, value)});
    }

    private static double[] array(String what, @Nullable Object value) {
        if (value instanceof List<?> list) {
            return list.stream().mapToDouble(n -> number(what, n)).toArray();
        }
        throw new IllegalArgumentException(
                "Invalid `%s`: must be a list of numbers. Received: %s".formatted(what, value));
    }

    /** Equality that does not tell 2 from 2.0. */
    static boolean same(@Nullable Object a, @Nullable Object b) {
        if (a instanceof Number left && b instanceof Number right) {
            return left.doubleValue() == right.doubleValue();
        }
        if (a instanceof List<?> left && b instanceof List<?> right) {
            boolean same = left.size() == right.size();
            for (int i = 0; same && i < left.size(); i++) {
                same = same(left.get(i), right.get(i));
            }
            return same;
        }
        if (a instanceof Map<?, ?> left && b instanceof Map<?, ?> right) {
            return left.keySet().equals(right.keySet())
                    && left.keySet().stream().allMatch(key -> same(left.get(key), right.get(key)));
        }
        return a == null ? b == null : a.equals(b);
    }
}
