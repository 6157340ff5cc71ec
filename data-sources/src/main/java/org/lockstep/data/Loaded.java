package org.lockstep.data;

import java.lang.ref.SoftReference;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What this JVM has already read, shared by all shards and epochs that open the same data, and given up when memory
 * runs short. A key says all that the content depends on, for a file its length and time too.
 */
public final class Loaded {

    private static final ConcurrentHashMap<Object, SoftReference<Object>> CONTENT = new ConcurrentHashMap<>();

    private Loaded() {}

    /** The content of this key, loaded by the first caller; others wait for it. A failed load leaves nothing behind. */
    public static <T> T of(Object key, Class<T> type, Supplier<T> load) {
        CONTENT.values().removeIf(reference -> reference.get() == null);
        Object[] found = new Object[1];
        CONTENT.compute(key, (same, reference) -> {
            found[0] = reference == null ? null : reference.get();
            if (reference != null && found[0] != null) {
                return reference;
            }
            found[0] = load.get();
            return new SoftReference<>(found[0]);
        });
        return type.cast(found[0]);
    }
}
