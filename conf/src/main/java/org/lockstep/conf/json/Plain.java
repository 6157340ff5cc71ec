package org.lockstep.conf.json;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Plain values: their checks and their text as Python prints them. */
final class Plain {

    private Plain() {}

    /** The value itself; an integer beyond 64 bits is refused. */
    static @Nullable Object checked(@Nullable Object value) {
        if (value instanceof BigInteger) {
            throw new IllegalArgumentException("Cannot read number: it is beyond 64 bits. Received: " + value);
        }
        if (value instanceof List<?> list) {
            list.forEach(Plain::checked);
        }
        if (value instanceof Map<?, ?> map) {
            map.values().forEach(Plain::checked);
        }
        return value;
    }

    /** A map whose keys are strings. */
    static Map<String, @Nullable Object> object(String what, @Nullable Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException(
                    "Invalid %s: must be a dictionary. Received: %s".formatted(what, repr(value)));
        }
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        map.forEach((key, entry) -> copy.put(String.valueOf(key), entry));
        return copy;
    }

    static List<@Nullable Object> list(String what, @Nullable Object value) {
        if (!(value instanceof List<?> list)) {
            throw new IllegalArgumentException("Invalid %s: must be a list. Received: %s".formatted(what, repr(value)));
        }
        return new ArrayList<>(list);
    }

    /** A value as Python's {@code str} prints it. */
    static String str(@Nullable Object value) {
        return value instanceof String text ? text : repr(value);
    }

    /** A value as Python's {@code repr} prints it, cut at 200 characters. */
    static String repr(@Nullable Object value) {
        String text = fullRepr(value);
        return text.length() <= 200 ? text : text.substring(0, 197) + "...";
    }

    private static String fullRepr(@Nullable Object value) {
        if (value == null) {
            return "None";
        }
        if (value instanceof Boolean flag) {
            return flag ? "True" : "False";
        }
        if (value instanceof String text) {
            return "'" + text + "'";
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Plain::repr).collect(Collectors.joining(", ", "[", "]"));
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> repr(entry.getKey()) + ": " + repr(entry.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        return value.toString();
    }

    /** The name of a value's type in Python. */
    static String type(@Nullable Object value) {
        if (value == null) {
            return "<class 'NoneType'>";
        }
        String name = "float";
        if (value instanceof Boolean) {
            name = "bool";
        } else if (value instanceof Integer || value instanceof Long) {
            name = "int";
        } else if (value instanceof String) {
            name = "str";
        } else if (value instanceof List<?>) {
            name = "list";
        } else if (value instanceof Map<?, ?>) {
            name = "dict";
        }
        return "<class '" + name + "'>";
    }
}
