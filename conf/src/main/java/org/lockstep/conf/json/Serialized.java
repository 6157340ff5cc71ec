package org.lockstep.conf.json;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.keras.NotSupportedException;

/** An object as Keras writes it, {@code {module, class_name, config, registered_name}}; custom classes are refused by name. */
record Serialized(String className, Map<String, @Nullable Object> config, Map<String, @Nullable Object> extras) {

    /** Reads an object; what is beside the four keys is kept in {@code extras}. */
    static Serialized of(String what, @Nullable Object value) {
        Map<String, @Nullable Object> map = Plain.object(what, value);
        Map<String, @Nullable Object> extras = new LinkedHashMap<>(map);
        if (!(extras.remove("class_name") instanceof String className)) {
            throw new IllegalArgumentException(
                    "Invalid %s: `class_name` must be a string. Received: %s".formatted(what, Plain.repr(value)));
        }
        Object module = extras.remove("module");
        if (module != null && !isKeras(module)) {
            throw new NotSupportedException("Cannot load %s: class '%s' of module %s is not Keras's"
                    .formatted(what, className, Plain.repr(module)));
        }
        Object registered = extras.remove("registered_name");
        if (registered != null && !registered.equals(className)) {
            throw new NotSupportedException("Cannot load %s: '%s' is a custom class, registered as %s"
                    .formatted(what, className, Plain.repr(registered)));
        }
        Object config = extras.remove("config");
        return new Serialized(
                className, config == null ? Map.of() : Plain.object("`config` of " + className, config), extras);
    }

    private static boolean isKeras(Object module) {
        return module instanceof String name && (name.equals("keras") || name.startsWith("keras."));
    }
}
