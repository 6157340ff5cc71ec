package org.lockstep.driver.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.lockstep.callbacks.CSVLogger;
import org.lockstep.callbacks.ModelCheckpoint;

/** What callbacks write of logs: into a file's name, into a file's rows. */
final class LogFileCases {

    private LogFileCases() {}

    static void checkpointName(Case given, Check check) {
        Fields inputs = given.inputs();
        Map<String, Number> logs = new LinkedHashMap<>();
        Fields.of("logs", inputs.value("logs"))
                .without()
                .forEach((name, value) ->
                        logs.put(name, value instanceof Number number ? number : (Number) Plain.number("logs", value)));
        ModelCheckpoint checkpoint = ModelCheckpoint.of(given.config().text("filepath"))
                .saveWeightsOnly(given.config().flag("save_weights_only", false));
        Integer batch = inputs.given("batch_index") ? (Integer) inputs.integer("batch_index") : null;
        int epoch = inputs.integer("epoch_index");
        if (given.expected().flag("error", false)) {
            check.value("error", tried(() -> checkpoint.path(epoch, batch, logs)) == null);
            given.expected().pass("reason");
        } else {
            check.value("filename", checkpoint.path(epoch, batch, logs));
        }
    }

    /** A name's text; null where it is refused. */
    private static @Nullable String tried(Supplier<String> name) {
        try {
            return name.get();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    static void csvLogger(Case given, Check check) {
        try {
            Path file = Files.createTempFile("lockstep", ".csv");
            try {
                csvLogger(given, check, file);
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void csvLogger(Case given, Check check, Path file) throws IOException {
        if (given.inputs().given("existing_text")) {
            Files.writeString(file, given.inputs().text("existing_text"));
        } else {
            Files.delete(file);
        }
        Fields config = given.config();
        CSVLogger logger = CSVLogger.of(file.toString())
                .separator(config.given("separator") ? config.text("separator") : ",")
                .append(config.flag("append", false));
        logger.onTrainBegin(new LinkedHashMap<>());
        int epoch = 0;
        for (Object logs : given.inputs().list("epoch_logs")) {
            logger.row(epoch++, finite(Fields.of("epoch_logs", logs).without()));
        }
        logger.onTrainEnd(new LinkedHashMap<>());
        check.value("text", Files.readString(file));
    }

    /** A case's words for numbers that are not finite are those numbers. */
    private static Map<String, @Nullable Object> finite(Map<String, @Nullable Object> logs) {
        logs.replaceAll((name, value) ->
                List.of("NaN", "Infinity", "-Infinity").contains(value) ? (Object) Plain.number(name, value) : value);
        return logs;
    }
}
