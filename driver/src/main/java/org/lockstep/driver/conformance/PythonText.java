package org.lockstep.driver.conformance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a call as Python writes it: a name, and values by place and by name. A word that is no number is a string. */
final class PythonText {

    private final String text;
    private int at;

    private PythonText(String text) {
        this.text = text;
    }

    /** A call's parts. */
    record Call(String name, List<@Nullable Object> byPlace, Map<String, @Nullable Object> byName) {}

    /** The call that a text is. */
    static Call call(String text) {
        PythonText reader = new PythonText(text);
        String name = reader.word();
        List<@Nullable Object> byPlace = new ArrayList<>();
        Map<String, @Nullable Object> byName = new LinkedHashMap<>();
        reader.expect('(');
        while (!reader.has(')')) {
            int begin = reader.at;
            String key = reader.word();
            if (!key.isEmpty() && reader.has('=')) {
                byName.put(key, reader.value());
            } else {
                reader.at = begin;
                byPlace.add(reader.value());
            }
            reader.separate(')');
        }
        reader.end();
        return new Call(name, byPlace, byName);
    }

    /** The value that a text is: None, a truth value, a number, a string, or a list of values in brackets of either kind. */
    static @Nullable Object value(String text) {
        PythonText reader = new PythonText(text);
        Object value = reader.value();
        reader.end();
        return value;
    }

    private @Nullable Object value() {
        if (has('(')) {
            return list(')');
        } else if (has('[')) {
            return list(']');
        }
        for (char quote : new char[] {'\'', '"'}) {
            if (has(quote)) {
                int end = text.indexOf(quote, at);
                String quoted = text.substring(at, end < 0 ? text.length() : end);
                at += quoted.length();
                expect(quote);
                return quoted;
            }
        }
        return plain(word());
    }

    private List<@Nullable Object> list(char closing) {
        List<@Nullable Object> values = new ArrayList<>();
        while (!has(closing)) {
            values.add(value());
            separate(closing);
        }
        return values;
    }

    private @Nullable Object plain(String word) {
        if (word.isEmpty()) {
            throw wrong("a value");
        }
        return switch (word) {
            case "None" -> null;
            case "True" -> true;
            case "False" -> false;
            default -> word.matches("[-+]?[.0-9].*") ? number(word) : word;
        };
    }

    private Object number(String word) {
        try {
            return word.matches("[-+]?[0-9]+") ? (Object) Integer.valueOf(word) : (Object) Double.valueOf(word);
        } catch (NumberFormatException e) {
            throw wrong("a number for " + word);
        }
    }

    private String word() {
        skip();
        int begin = at;
        while (at < text.length() && "()[],='\" ".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(begin, at);
    }

    /** Steps over a character that is there. */
    private boolean has(char wanted) {
        skip();
        boolean has = at < text.length() && text.charAt(at) == wanted;
        at += has ? 1 : 0;
        return has;
    }

    private void expect(char wanted) {
        if (!has(wanted)) {
            throw wrong("`" + wanted + "`");
        }
    }

    /** A comma, or the end of the list. */
    private void separate(char closing) {
        if (has(closing)) {
            at--;
        } else {
            expect(',');
        }
    }

    private void skip() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
    }

    private void end() {
        skip();
        if (at < text.length()) {
            throw wrong("its end");
        }
    }

    private IllegalArgumentException wrong(String wanted) {
        return new IllegalArgumentException(
                "Invalid text: must have %s at %d. Received: %s".formatted(wanted, at, text));
    }
}
