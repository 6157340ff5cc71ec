package org.lockstep.driver.checkpoint;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a callback remembers.
 *
 * @param className of the callback
 * @param state by name: null, {@link Boolean}, {@link String}, {@link Integer}, {@link Long}, {@link Double}, {@code
 *     float[]}, and lists and string-keyed maps of these; all come back as the same types
 */
public record CallbackState(String className, Map<String, @Nullable Object> state) {

    public CallbackState {
        state = Collections.unmodifiableMap(new LinkedHashMap<>(state));
    }
}
