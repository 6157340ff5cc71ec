package org.lockstep.callbacks;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lockstep.callbacks.python.PythonCsv;
import org.lockstep.data.storage.StoredFile;
import org.lockstep.data.storage.StoredFolder;

/**
 * Writes each epoch's logs as a row of a CSV file, as Keras 3's: first {@code epoch}, 0-based, then the first epoch's logs
 * by name; where none of them is a validation's, a column more for the validation of each. A log that is missing is {@code
 * NA}.
 *
 * <p>The file is replaced whole after each epoch, so that it never ends within a row; an older one stays as it is until the
 * first epoch has ended.
 */
public final class CSVLogger extends Callback {

    private final StoredFile file;
    private char separator = ',';
    private boolean appends;

    private String before = "";
    private String text = "";
    private @Nullable List<String> columns;

    private CSVLogger(StoredFile file) {
        this.file = file;
    }

    /**
     * Writes to a file.
     *
     * @param filename a local path or a Hadoop URI; its folder must be there
     */
    public static CSVLogger of(String filename) {
        return new CSVLogger(StoredFile.of(filename));
    }

    /** One character between fields. Default a comma. */
    public CSVLogger separator(String value) {
        if (value.length() != 1) {
            throw new IllegalArgumentException(
                    "Invalid `separator`: must be a 1-character string. Received: \"" + value + "\"");
        }
        separator = value.charAt(0);
        return this;
    }

    /** Whether rows are added to what an older file has. Default false. */
    public CSVLogger append(boolean value) {
        appends = value;
        return this;
    }

    @Override
    public void onTrainBegin(Map<String, Double> logs) {
        before = exists() ? file.readRaw(in -> new String(in.readAllBytes(), StandardCharsets.UTF_8)) : "";
        text = appends ? before : "";
        columns = null;
        write(before);
    }

    private boolean exists() {
        int name = file.uri().lastIndexOf('/') + 1;
        return StoredFolder.of(file.uri().substring(0, name))
                .names()
                .contains(file.uri().substring(name));
    }

    @Override
    public void onEpochEnd(int epoch, Map<String, Double> logs) {
        row(epoch, logs);
    }

    @Override
    public void onTrainEnd(Map<String, Double> logs) {
        write(text);
    }

    /**
     * Writes an epoch's row.
     *
     * @param logs numbers, texts and lists of them
     */
    public void row(int epoch, Map<String, ? extends @Nullable Object> logs) {
        List<String> names = columns == null ? columns(logs) : columns;
        columns = names;
        if (text.isEmpty()) {
            List<String> header = new ArrayList<>(List.of("epoch"));
            header.addAll(names);
            text = PythonCsv.row(header, separator);
        }
        List<@Nullable Object> fields = new ArrayList<>(List.of(epoch));
        names.forEach(name -> fields.add(logs.containsKey(name) ? field(logs.get(name)) : "NA"));
        text += PythonCsv.row(fields, separator);
        write(text);
    }

    private static List<String> columns(Map<String, ?> logs) {
        List<String> names = new ArrayList<>(new TreeSet<>(logs.keySet()));
        if (names.stream().noneMatch(name -> name.startsWith("val_"))) {
            List.copyOf(names).forEach(name -> names.add("val_" + name));
        }
        return names;
    }

    private static @Nullable Object field(@Nullable Object value) {
        return value instanceof List<?> list
                ? list.stream().map(PythonCsv::str).collect(Collectors.joining(", ", "\"[", "]\""))
                : value;
    }

    private void write(String content) {
        file.write(out -> out.write(content.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public Map<String, Object> state() {
        return new Saved()
                .with("columns", columns)
                .with("length", text.length())
                .values();
    }

    /** Goes on behind the rows that were there; those of later epochs are cut off. */
    @Override
    public void restore(Map<String, Object> state) {
        Saved saved = new Saved(state);
        text = before.substring(0, Math.min(before.length(), saved.integer("length", 0)));
        columns = state.get("columns") instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : null;
    }
}
