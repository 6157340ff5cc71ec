package org.lockstep.conf.json;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.lockstep.keras.NotSupportedException;

/**
 * The named arguments of one call. Each is taken once; {@link #end} refuses those that nobody took.
 *
 * <p>Not safe for use by several threads.
 */
final class Arguments {

    /** Turns an argument's plain value into what the callee takes. */
    interface Reader<T> {
        T read(String name, @Nullable Object value);
    }

    private final String callee;
    private final Map<String, @Nullable Object> values;
    private final Set<String> known = new LinkedHashSet<>();

    /** The arguments of a call to {@code callee}. */
    Arguments(String callee, Map<String, @Nullable Object> values) {
        this.callee = callee;
        this.values = values;
    }

    String callee() {
        return callee;
    }

    boolean has(String name) {
        known.add(name);
        return values.containsKey(name);
    }

    /** An argument that has no default. */
    <T> T required(String name, Reader<T> reader) {
        if (has(name)) {
            return reader.read(name, values.get(name));
        }
        String typed = Nearest.find(name, unknownTo(Set.of(name)).keySet());
        throw new IllegalArgumentException("%s is missing 1 required argument: `%s`.%s"
                .formatted(callee, name, typed == null ? "" : " Did you mean it by `" + typed + "`?"));
    }

    /** An argument, or its default where it is not given. */
    <T> T optional(String name, Reader<T> reader, T absent) {
        return has(name) ? reader.read(name, values.get(name)) : absent;
    }

    /** An argument, or its default where it is not given; null stays null. */
    <T> @Nullable T nullable(String name, Reader<T> reader, @Nullable T absent) {
        if (!has(name)) {
            return absent;
        }
        Object value = values.get(name);
        return value == null ? null : reader.read(name, value);
    }

    /** The target with an argument set, or as it is where the argument is not given. */
    <T, V> T set(T target, String name, Reader<V> reader, BiFunction<T, V, T> setter) {
        return has(name) ? setter.apply(target, reader.read(name, values.get(name))) : target;
    }

    /** As {@link #set}, with null leaving the target as it is. */
    <T, V> T setUnlessNull(T target, String name, Reader<V> reader, BiFunction<T, V, T> setter) {
        return has(name) && values.get(name) != null ? set(target, name, reader, setter) : target;
    }

    /** An argument of Keras that is only accepted at these values. */
    void only(String name, @Nullable Object... accepted) {
        if (!has(name)) {
            return;
        }
        Object value = values.get(name);
        for (Object candidate : accepted) {
            if (Objects.equals(candidate, value)) {
                return;
            }
        }
        throw new NotSupportedException(
                "%s: argument `%s` is not supported. Received: %s=%s".formatted(callee, name, name, Plain.repr(value)));
    }

    /** Refuses the arguments that were not taken. */
    void end() {
        Map<String, @Nullable Object> unknown = unknownTo(known);
        if (!unknown.isEmpty()) {
            String first = unknown.keySet().iterator().next();
            throw new IllegalArgumentException("Unrecognized keyword arguments passed to %s: %s.%s"
                    .formatted(callee, Plain.repr(unknown), Nearest.suggestion(first, known)));
        }
    }

    private Map<String, @Nullable Object> unknownTo(Set<String> names) {
        Map<String, @Nullable Object> unknown = new LinkedHashMap<>(values);
        unknown.keySet().removeAll(names);
        return unknown;
    }
}
