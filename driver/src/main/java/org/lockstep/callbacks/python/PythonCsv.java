package org.lockstep.callbacks.python;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rows as Python's csv module writes them: CRLF, and quotes only where a field needs them. */
public final class PythonCsv {

    private PythonCsv() {}

    /**
     * One row with its line's end.
     *
     * @param fields numbers, texts, booleans, and null for Python's {@code None}
     */
    public static String row(List<? extends @Nullable Object> fields, char separator) {
        return fields.stream().map(field -> quoted(str(field), separator)).collect(Collectors.joining("" + separator))
                + "\r\n";
    }

    /** A plain value as Python's {@code str} writes it, but None as an empty field. */
    public static String str(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        if (value instanceof Boolean flag) {
            return flag ? "True" : "False";
        }
        return value instanceof Double number ? PythonFloat.repr(number) : value.toString();
    }

    private static String quoted(String field, char separator) {
        boolean needsQuotes = field.chars().anyMatch(c -> c == separator || c == '"' || c == '\r' || c == '\n');
        return needsQuotes ? '"' + field.replace("\"", "\"\"") + '"' : field;
    }
}
