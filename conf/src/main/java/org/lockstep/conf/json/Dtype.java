package org.lockstep.conf.json;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.keras.NotSupportedException;
import org.lockstep.layers.DTypePolicy;
import org.lockstep.layers.Layer;

/** Keras's argument {@code dtype}: the policy's name or the policy as an object. */
final class Dtype {

    /** float32 as Keras writes it. */
    static final Map<String, @Nullable Object> POLICY = plain(DTypePolicy.FLOAT32);

    private Dtype() {}

    /** Takes the argument where only float32 is supported. */
    static void check(Arguments arguments) {
        if (take(arguments) != DTypePolicy.FLOAT32) {
            throw refusal(arguments, DTypePolicy.MIXED_BFLOAT16.kerasName());
        }
    }

    /** Takes the argument; float32 where it is not given. */
    static DTypePolicy take(Arguments arguments) {
        String name = arguments.nullable("dtype", Dtype::read, null);
        if (name == null) {
            return DTypePolicy.FLOAT32;
        }
        for (DTypePolicy policy : DTypePolicy.values()) {
            if (policy.kerasName().equals(name)) {
                return policy;
            }
        }
        throw refusal(arguments, name);
    }

    private static NotSupportedException refusal(Arguments arguments, String name) {
        return new NotSupportedException(
                "%s: argument `dtype` is not supported. Received: dtype='%s'".formatted(arguments.callee(), name));
    }

    private static String read(String argument, @Nullable Object value) {
        if (value instanceof String name) {
            return name;
        }
        Serialized object = Serialized.of(argument, value);
        return String.valueOf(object.config().get("name"));
    }

    /** The policy that all layers have; float32 where they differ. */
    static DTypePolicy common(List<Layer> layers) {
        boolean mixed = layers.stream().allMatch(layer -> layer.conf().dtype() == DTypePolicy.MIXED_BFLOAT16);
        return mixed ? DTypePolicy.MIXED_BFLOAT16 : DTypePolicy.FLOAT32;
    }

    /** A policy as Keras writes it. */
    static Map<String, @Nullable Object> plain(DTypePolicy policy) {
        Map<String, @Nullable Object> config = new LinkedHashMap<>();
        config.put("name", policy.kerasName());
        return KerasWriter.object("keras", "DTypePolicy", config);
    }
}
