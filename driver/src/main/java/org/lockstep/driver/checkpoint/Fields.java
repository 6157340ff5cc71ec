package org.lockstep.driver.checkpoint;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.lockstep.data.BadDataException;

/**
 * The entries of a JSON object; one that is missing or of another type is a {@link BadDataException}.
 *
 * @param file for messages
 */
record Fields(Map<String, @Nullable Object> values, String file) {

    String text(String key) {
        return typed(key, String.class);
    }

    int integer(String key) {
        return typed(key, Integer.class);
    }

    long wide(String key) {
        return typed(key, Number.class).longValue();
    }

    double number(String key) {
        return typed(key, Number.class).doubleValue();
    }

    boolean flag(String key) {
        return typed(key, Boolean.class);
    }

    Fields object(String key) {
        return of(typed(key, Map.class), file);
    }

    List<?> list(String key) {
        return typed(key, List.class);
    }

    <T> List<T> objects(String key, Function<Fields, T> reader) {
        List<T> read = new ArrayList<>();
        for (Object item : list(key)) {
            read.add(reader.apply(of(cast(key, item, Map.class), file)));
        }
        return read;
    }

    List<Double> numbers(String key) {
        List<Double> read = new ArrayList<>();
        for (Object item : list(key)) {
            read.add(cast(key, item, Number.class).doubleValue());
        }
        return read;
    }

    private <T> T typed(String key, Class<T> type) {
        return cast(key, values.get(key), type);
    }

    private <T> T cast(String key, @Nullable Object value, Class<T> type) {
        if (!type.isInstance(value)) {
            throw BadDataException.at(file, key, "must be a " + type.getSimpleName() + ". Received: " + value);
        }
        return type.cast(value);
    }

    private static Fields of(Map<?, ?> map, String file) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        map.forEach((key, value) -> values.put(String.valueOf(key), value));
        return new Fields(values, file);
    }
}
