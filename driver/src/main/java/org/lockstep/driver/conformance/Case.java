package org.lockstep.driver.conformance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lockstep.conf.json.Json;

/** One reference case: what to do, with what, and what comes out. */
record Case(String id, String op, Fields config, Fields inputs, Fields expected, Tolerance tolerance) {

    private static final int SCHEMA_VERSION = 1;
    private static final Tolerance DEFAULT = new Tolerance(1e-4, 1e-5);
    /** Weights after training: relative 1e-3. */
    private static final Tolerance TRAINED = new Tolerance(1e-3, DEFAULT.atol());

    /** The cases of a file's text. */
    static List<Case> readAll(String json) {
        Map<String, @Nullable Object> file = Json.parseObject(json);
        if (!(file.get("schema_version") instanceof Integer version && version == SCHEMA_VERSION)
                || !(file.get("cases") instanceof List<?> list)) {
            throw new IllegalArgumentException(
                    "Cannot read cases: needs `schema_version` %d and a list `cases`. Received: schema_version=%s, keys %s"
                            .formatted(SCHEMA_VERSION, file.get("schema_version"), file.keySet()));
        }
        Tolerance tolerance = Tolerance.of(file.get("default_tolerance"), DEFAULT);
        List<Case> cases = new ArrayList<>();
        for (Object entry : list) {
            cases.add(read(Fields.of("case", entry), tolerance));
        }
        return cases;
    }

    private static Case read(Fields entry, Tolerance tolerance) {
        String op = entry.text("op");
        Tolerance usual = op.equals("train") ? TRAINED : tolerance;
        return new Case(
                entry.text("id"),
                op,
                Fields.of("config", entry.value("config")),
                Fields.of("inputs", entry.value("inputs")),
                Fields.of("expected", ofKeras3(entry.value("expected"))),
                Tolerance.of(entry.value("tolerance"), usual));
    }

    /** What is expected without what only older versions of Keras did. */
    private static @Nullable Object ofKeras3(@Nullable Object expected) {
        if (!(expected instanceof Map<?, ?> map)) {
            return expected;
        }
        Map<Object, @Nullable Object> kept = new LinkedHashMap<>(map);
        kept.keySet().removeIf(key -> String.valueOf(key).matches(".*(keras224|tfkeras|undivided).*"));
        return kept;
    }

    /** Ops of {@code fit}, which {@code fit_generator} answers where a case says what tf.keras did. */
    private static final Set<String> OF_FIT = Set.of("fit_schedule", "history_keys", "callback_order");

    /** Whether the case says what another version of Keras did, which nothing here follows. */
    boolean isOptional() {
        if (!config.has("semantics") || config.text("semantics").equals("keras3")) {
            return false;
        }
        return !(isOfTfKeras() && OF_FIT.contains(op)) || isEndlessGenerator();
    }

    /** Whether it says what tf.keras 2.15 did. */
    boolean isOfTfKeras() {
        return config.has("semantics") && config.text("semantics").equals("tfkeras215");
    }

    /** tf.keras draws a generator without steps_per_epoch to its end; fit_generator here wants the steps, as Keras 2 does. */
    private boolean isEndlessGenerator() {
        return op.equals("fit_schedule")
                && config.text("source").equals("generator")
                && !config.given("steps_per_epoch")
                && !expected.has("error");
    }
}
