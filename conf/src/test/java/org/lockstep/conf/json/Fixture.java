package org.lockstep.conf.json;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What real Keras wrote, in the test resources. */
final class Fixture {

    private Fixture() {}

    static String text(String name) {
        try (InputStream in = Fixture.class.getResourceAsStream("/keras/" + name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The reference cases of one operation; refuses to find none. */
    static List<Map<String, @Nullable Object>> cases(String operation) {
        List<Map<String, @Nullable Object>> cases =
                Plain.list("cases", Json.parseObject(text("cases.json")).get("cases")).stream()
                        .map(value -> Plain.object("case", value))
                        .filter(value -> operation.equals(value.get("op")))
                        .toList();
        if (cases.isEmpty()) {
            throw new IllegalStateException("No reference case of " + operation);
        }
        return cases;
    }

    /** The same value with numbers that differ in type or in the last digits of a float32 made equal, keys sorted. */
    static @Nullable Object rounded(@Nullable Object value) {
        if (value instanceof Number number) {
            return (double) number.floatValue();
        }
        if (value instanceof List<?> list) {
            return list.stream().map(entry -> String.valueOf(rounded(entry))).toList();
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> entry.getKey() + ": " + rounded(entry.getValue()))
                    .sorted()
                    .toList();
        }
        return value;
    }
}
