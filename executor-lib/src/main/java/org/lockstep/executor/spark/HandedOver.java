package org.lockstep.executor.spark;

import java.io.Serializable;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** A value that tasks in the driver's own JVM find as it is, until it is closed: for local masters. */
public final class HandedOver<T> implements Serializable, AutoCloseable {

    private static final long serialVersionUID = 1;

    private static final Map<String, Object> OPEN = new ConcurrentHashMap<>();

    private final String key = UUID.randomUUID().toString();

    /** Hands over a value, which the driver must not change before it is closed. */
    public HandedOver(T value) {
        OPEN.put(key, value);
    }

    @SuppressWarnings("unchecked")
    T value() {
        Object value = OPEN.get(key);
        if (value == null) {
            throw new IllegalStateException("Cannot find what the driver handed over: it is closed, or in another JVM");
        }
        return (T) value;
    }

    @Override
    public void close() {
        OPEN.remove(key);
    }
}
