package org.lockstep.callbacks;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A callback's state, by name: what is null is left out. */
final class Saved {

    private final Map<String, Object> values = new LinkedHashMap<>();

    /** An empty state. */
    Saved() {}

    /** A state to read. */
    Saved(Map<String, Object> values) {
        this.values.putAll(values);
    }

    Saved with(String name, @Nullable Object value) {
        if (value != null) {
            values.put(name, value);
        }
        return this;
    }

    Map<String, Object> values() {
        return values;
    }

    @Nullable
    Double number(String name) {
        return values.get(name) instanceof Number number ? (Double) number.doubleValue() : null;
    }

    long wide(String name, long otherwise) {
        return values.get(name) instanceof Number number ? number.longValue() : otherwise;
    }

    int integer(String name, int otherwise) {
        return values.get(name) instanceof Number number ? number.intValue() : otherwise;
    }
}
