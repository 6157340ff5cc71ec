package org.lockstep.keras;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds the ordered map that {@link KerasObject#config()} returns; values may be null. */
public final class Dict {

    private final Map<String, @Nullable Object> entries = new LinkedHashMap<>();

    public static Dict of() {
        return new Dict();
    }

    public static Dict of(String key, @Nullable Object value) {
        return new Dict().with(key, value);
    }

    public Dict with(String key, @Nullable Object value) {
        entries.put(key, value);
        return this;
    }

    public Map<String, @Nullable Object> asMap() {
        return Collections.unmodifiableMap(entries);
    }
}
