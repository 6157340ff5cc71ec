package org.lockstep.driver.conformance;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A name with arguments in the plain form that takes both: {@code "l2"} or {@code {"l2": {"l2": 0.5}}}. */
final class Named {

    private Named() {}

    static Object of(String name, Map<String, @Nullable Object> arguments) {
        if (arguments.isEmpty()) {
            return name;
        }
        Map<String, @Nullable Object> named = new LinkedHashMap<>();
        named.put(name, arguments);
        return named;
    }
}
