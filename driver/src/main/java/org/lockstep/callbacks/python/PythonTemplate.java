package org.lockstep.callbacks.python;

import java.util.Map;

/** Python's {@code template.format(**values)}: {@code "{epoch:02d}-{loss:.2f}"}. */
public final class PythonTemplate {

    /** A name in a template that has no value; the message is the name in quotes, as Python's {@code KeyError} says it. */
    public static final class NoSuchKeyException extends IllegalArgumentException {

        private static final long serialVersionUID = 1;

        NoSuchKeyException(String name) {
            super("'" + name + "'");
        }
    }

    private final String template;
    private final Map<String, ?> values;
    private int at;

    private PythonTemplate(String template, Map<String, ?> values) {
        this.template = template;
        this.values = values;
    }

    /**
     * The template with its fields filled in.
     *
     * @param values integers, floats and texts, see {@link PythonFormat#format}
     * @throws NoSuchKeyException where a field's name has no value
     * @throws IllegalArgumentException with Python's text where the template or a specification is wrong
     */
    public static String format(String template, Map<String, ?> values) {
        return new PythonTemplate(template, values).all();
    }

    private String all() {
        StringBuilder text = new StringBuilder();
        while (at < template.length()) {
            char c = template.charAt(at++);
            boolean isDoubled = at < template.length() && template.charAt(at) == c;
            if ((c == '{' || c == '}') && isDoubled) {
                at++;
                text.append(c);
            } else if (c == '{') {
                text.append(field());
            } else if (c == '}') {
                throw new IllegalArgumentException("Single '}' encountered in format string");
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }

    /** A field, the cursor being behind its opening brace. */
    private String field() {
        if (at == template.length()) {
            throw new IllegalArgumentException("Single '{' encountered in format string");
        }
        String name = until("!:}");
        char conversion = 0;
        if (template.charAt(at) == '!') {
            at++;
            String letters = until(":}");
            if (!letters.matches("[rsa]")) {
                throw new IllegalArgumentException("Unknown conversion specifier '" + letters + "'");
            }
            conversion = letters.charAt(0);
        }
        String specification = "";
        if (template.charAt(at) == ':') {
            at++;
            specification = specification();
        }
        at++;
        Object value = value(name);
        return PythonFormat.format(conversion == 0 ? value : text(value), specification);
    }

    /** A specification may itself have fields. */
    private String specification() {
        StringBuilder text = new StringBuilder(until("{}"));
        while (template.charAt(at) == '{') {
            at++;
            text.append(field()).append(until("{}"));
        }
        return text.toString();
    }

    private String until(String ends) {
        int start = at;
        while (at < template.length() && ends.indexOf(template.charAt(at)) < 0) {
            at++;
        }
        if (at == template.length()) {
            throw new IllegalArgumentException("expected '}' before end of string");
        }
        return template.substring(start, at);
    }

    private Object value(String name) {
        if (name.isEmpty() || name.matches("\\d+")) {
            throw new IllegalArgumentException(
                    "Replacement index %s out of range for positional args tuple".formatted(name.isEmpty() ? 0 : name));
        }
        Object value = values.get(name);
        if (value == null) {
            throw new NoSuchKeyException(name);
        }
        return value;
    }

    private static String text(Object value) {
        return value instanceof Double number ? PythonFloat.repr(number) : value.toString();
    }
}
