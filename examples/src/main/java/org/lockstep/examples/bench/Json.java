package org.lockstep.examples.bench;

import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** JSON text of maps, lists, strings, finite numbers and booleans, indented by two spaces. */
final class Json {

    private Json() {}

    static String write(Map<String, Object> value) {
        StringBuilder out = new StringBuilder();
        write(out, value, "\n");
        return out.append('\n').toString();
    }

    private static void write(StringBuilder out, Object value, String newLine) {
        if (value instanceof Map<?, ?> map) {
            Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator();
            out.append('{');
            while (entries.hasNext()) {
                Map.Entry<?, ?> entry = entries.next();
                out.append(newLine).append("  ");
                string(out, entry.getKey().toString());
                out.append(": ");
                write(out, entry.getValue(), newLine + "  ");
                out.append(entries.hasNext() ? "," : newLine);
            }
            out.append('}');
        } else if (value instanceof List<?> list) {
            Iterator<?> items = list.iterator();
            out.append('[');
            while (items.hasNext()) {
                out.append(newLine).append("  ");
                write(out, items.next(), newLine + "  ");
                out.append(items.hasNext() ? "," : newLine);
            }
            out.append(']');
        } else if (value instanceof String text) {
            string(out, text);
        } else {
            scalar(out, value);
        }
    }

    private static void scalar(StringBuilder out, Object value) {
        boolean finite = value instanceof Number number && Double.isFinite(number.doubleValue());
        if (!finite && !(value instanceof Boolean)) {
            throw new IllegalArgumentException("Cannot write as JSON: " + value);
        }
        out.append(value);
    }

    private static void string(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                out.append("\\u%04x".formatted((int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
