package org.lockstep.driver.checkpoint;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a callback remembers.
 *
 * @param className of the callback
 * @param state by name: {@link Boolean}, {@link String}, {@link Integer}, {@link Long}, {@link Double}, {@code
 *     float[]}, {@link org.lockstep.data.Tensor} of floats, and lists and string-keyed maps of these, which may hold nulls; all come back as the same types
 */
public record CallbackState(String className, Map<String, Object> state) {

    public CallbackState {
        state = Collections.unmodifiableMap(new LinkedHashMap<>(state));
    }
}
