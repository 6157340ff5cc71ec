package org.lockstep.driver.checkpoint;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lockstep.conf.CompileConf;
import org.lockstep.conf.json.Json;
import org.lockstep.conf.json.KerasJson;
import org.lockstep.model.Model;

/**
 * What a run's bits hang on besides its state. A checkpoint resumes only a run of an equal one.
 *
 * @param settings the run's other settings by their Keras names, as JSON can say them: {@code batch_size}, {@code
 *     shuffle}, {@code shards}, …
 */
public record RunIdentity(Model model, CompileConf compile, Map<String, ? extends @Nullable Object> settings) {

    public RunIdentity {
        settings = new LinkedHashMap<>(settings);
    }

    /** As plain values that are equal to themselves written and read. */
    Map<String, @Nullable Object> plain() {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        plain.put("model", Json.parse(KerasJson.toJson(model, compile)));
        plain.put("fit", Json.parse(Json.write(settings)));
        return plain;
    }

    /**
     * Refuses a checkpoint of another run.
     *
     * @param found what {@link #plain} was when it was written
     * @param where the checkpoint
     */
    void check(@Nullable Object found, String where) {
        String difference = difference("", found, plain());
        if (difference != null) {
            throw new IllegalArgumentException(
                    "Cannot resume from %s: it is of another run: %s. Set it as it was, or".formatted(where, difference)
                            + " use another folder");
        }
    }

    /** Says the first place where two plain values differ; null where there is none. */
    private static @Nullable String difference(String place, @Nullable Object found, @Nullable Object here) {
        if (found instanceof Map<?, ?> left && here instanceof Map<?, ?> right) {
            Set<Object> keys = new LinkedHashSet<>(left.keySet());
            keys.addAll(right.keySet());
            for (Object key : keys) {
                String inner = place.isEmpty() ? "" + key : place + "." + key;
                String difference = difference(inner, left.get(key), right.get(key));
                if (difference != null) {
                    return difference;
                }
            }
            return null;
        }
        if (found instanceof List<?> left && here instanceof List<?> right && left.size() == right.size()) {
            for (int i = 0; i < left.size(); i++) {
                String difference = difference(place + "[" + i + "]", left.get(i), right.get(i));
                if (difference != null) {
                    return difference;
                }
            }
            return null;
        }
        return Objects.equals(found, here) ? null : "%s was %s, and is %s".formatted(place, brief(found), brief(here));
    }

    private static String brief(@Nullable Object value) {
        String text = Json.write(value);
        return text.length() <= 120 ? text : text.substring(0, 117) + "...";
    }
}
