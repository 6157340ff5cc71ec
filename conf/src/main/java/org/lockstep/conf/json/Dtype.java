package org.lockstep.conf.json;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.keras.NotSupportedException;

/** Keras's number type of a layer: float32 alone. */
final class Dtype {

    /** The policy as Keras writes it. */
    static final Map<String, @Nullable Object> POLICY = policy();

    private Dtype() {}

    /** Takes the argument {@code dtype}; refuses all but float32. */
    static void check(Arguments arguments) {
        String dtype = arguments.nullable("dtype", Dtype::read, null);
        if (dtype != null && !dtype.equals("float32")) {
            throw new NotSupportedException(
                    "%s: argument `dtype` is not supported. Received: dtype='%s'".formatted(arguments.callee(), dtype));
        }
    }

    private static String read(String argument, @Nullable Object value) {
        if (value instanceof String name) {
            return name;
        }
        Serialized object = Serialized.of(argument, value);
        return String.valueOf(object.config().get("name"));
    }

    private static Map<String, @Nullable Object> policy() {
        Map<String, @Nullable Object> config = new LinkedHashMap<>();
        config.put("name", "float32");
        return KerasWriter.object("keras", "DTypePolicy", config);
    }
}
