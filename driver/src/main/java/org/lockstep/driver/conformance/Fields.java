package org.lockstep.driver.conformance;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One object of a case, which remembers what was read of it: what nobody reads, nobody supports. */
final class Fields {

    private final String what;
    private final Map<String, @Nullable Object> values;
    private final Set<String> read = new LinkedHashSet<>();

    /** The object called {@code what} in errors. */
    Fields(String what, Map<String, @Nullable Object> values) {
        this.what = what;
        this.values = values;
    }

    static Fields of(String what, @Nullable Object value) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, entry) -> fields.put(String.valueOf(key), entry));
        } else if (value != null) {
            throw new IllegalArgumentException("Invalid `%s`: must be an object. Received: %s".formatted(what, value));
        }
        return new Fields(what, fields);
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    /** Whether the field is there with a value. */
    boolean given(String name) {
        boolean given = values.get(name) != null;
        if (!given) {
            read.add(name);
        }
        return given;
    }

    @Nullable
    Object value(String name) {
        read.add(name);
        return values.get(name);
    }

    /** All fields but some, as plain values; those count as read. */
    Map<String, @Nullable Object> without(String... names) {
        Map<String, @Nullable Object> rest = new LinkedHashMap<>(values);
        for (String name : names) {
            rest.remove(name);
        }
        read.addAll(rest.keySet());
        return rest;
    }

    /** Counts fields as read. */
    void pass(String... names) {
        read.addAll(List.of(names));
    }

    Set<String> names() {
        return Collections.unmodifiableSet(values.keySet());
    }

    /** The names of fields that nobody has read. */
    List<String> unread() {
        List<String> unread = new ArrayList<>(values.keySet());
        unread.removeAll(read);
        return unread;
    }

    String text(String name) {
        if (value(name) instanceof String text) {
            return text;
        }
        throw wrong(name, "a string");
    }

    double number(String name) {
        return Plain.number(what + "." + name, value(name));
    }

    int integer(String name) {
        return (int) number(name);
    }

    boolean flag(String name, boolean absent) {
        return value(name) == null ? absent : Boolean.TRUE.equals(value(name));
    }

    List<?> list(String name) {
        if (value(name) instanceof List<?> list) {
            return list;
        }
        throw wrong(name, "a list");
    }

    /** A tensor, a plain number, or a list of numbers. */
    Numbers numbers(String name) {
        return Plain.numbers(what + "." + name, value(name));
    }

    /** A list of tensors. */
    List<Numbers> tensors(String name) {
        List<Numbers> tensors = new ArrayList<>();
        for (Object tensor : list(name)) {
            tensors.add(Plain.numbers(what + "." + name, tensor));
        }
        return tensors;
    }

    /** Dimensions, unknown ones as −1. */
    int[] dimensions(String name) {
        return list(name).stream()
                .mapToInt(d -> d == null ? -1 : ((Number) d).intValue())
                .toArray();
    }

    private IllegalArgumentException wrong(String name, String rule) {
        return new IllegalArgumentException(
                "Invalid `%s.%s`: must be %s. Received: %s".formatted(what, name, rule, values.get(name)));
    }
}
