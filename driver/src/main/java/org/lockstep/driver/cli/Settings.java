package org.lockstep.driver.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.conf.JobConf;
import org.lockstep.conf.json.JobFile;
import org.lockstep.conf.json.Json;

/** A job file with settings that the command line changes: {@code fit.epochs=3}, {@code model.layers.1.Conv2D.filters=8}. */
final class Settings {

    private Settings() {}

    /** The job, with each dotted key set to its YAML value. */
    static JobConf job(Path file, Map<String, String> changes) {
        JobConf job = JobFile.read(file);
        if (changes.isEmpty()) {
            return job;
        }
        Object document = Json.parseYaml(text(file));
        changes.forEach((key, value) -> set(key, document, key.split("\\.", -1), 0, Json.parseYaml(value)));
        return JobFile.parse(Json.write(document), file.toAbsolutePath().getParent());
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read job file " + file, e);
        }
    }

    private static void set(String key, @Nullable Object target, String[] path, int depth, @Nullable Object value) {
        boolean last = depth == path.length - 1;
        if (target instanceof List<?> list) {
            int index = index(key, path[depth], list.size());
            if (last) {
                entries(list).set(index, value);
            } else {
                set(key, list.get(index), path, depth + 1, value);
            }
        } else if (target instanceof Map<?, ?> map) {
            if (last) {
                fields(map).put(path[depth], value);
            } else {
                Object next = fields(map).computeIfAbsent(path[depth], name -> new LinkedHashMap<String, Object>());
                set(key, next, path, depth + 1, value);
            }
        } else {
            throw new IllegalArgumentException("Invalid `--set %s`: `%s` is not within a section, but in the value %s"
                    .formatted(key, path[depth], target));
        }
    }

    private static int index(String key, String text, int size) {
        if (!text.matches("\\d{1,6}") || Integer.parseInt(text) >= size) {
            throw new IllegalArgumentException(
                    "Invalid `--set %s`: the list has items 0 to %d. Received: %s".formatted(key, size - 1, text));
        }
        return Integer.parseInt(text);
    }

    @SuppressWarnings("unchecked") // of a document just parsed
    private static Map<String, @Nullable Object> fields(Map<?, ?> map) {
        return (Map<String, @Nullable Object>) map;
    }

    @SuppressWarnings("unchecked") // of a document just parsed
    private static List<@Nullable Object> entries(List<?> list) {
        return (List<@Nullable Object>) list;
    }
}
