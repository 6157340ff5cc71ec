package org.lockstep.callbacks.python;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Python's format specification: {@code [[fill]align][sign][z][#][0][width][grouping][.precision][type]}.
 *
 * @param fill what pads, one character
 * @param align {@code <}, {@code >}, {@code ^}, {@code =} or, where the value's type decides, empty
 * @param sign {@code -}, {@code +} or a space
 * @param dropsNegativeZero {@code z}
 * @param isAlternate {@code #}
 * @param grouping {@code ,}, {@code _} or empty
 * @param precision −1 where not given
 * @param type the last letter, or 0 where not given
 */
record FormatSpec(
        String fill,
        String align,
        String sign,
        boolean dropsNegativeZero,
        boolean isAlternate,
        int width,
        String grouping,
        int precision,
        char type) {

    private static final Pattern FORM = Pattern.compile(
            "(?:(?<fill>.)?(?<align>[<>=^]))?(?<sign>[-+ ])?(?<z>z)?(?<alt>#)?(?<zero>0)?(?<width>\\d{1,6})?"
                    + "(?<group>[,_])?(?:\\.(?<precision>\\d{1,6}))?(?<type>[a-zA-Z%])?",
            Pattern.DOTALL);

    /** Reads a specification. */
    static FormatSpec of(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("Invalid format specifier '" + text + "'");
        }
        boolean isZeroPadded = form.group("zero") != null;
        String align = or(form.group("align"), isZeroPadded ? "=" : "");
        return new FormatSpec(
                or(form.group("fill"), isZeroPadded ? "0" : " "),
                align,
                or(form.group("sign"), "-"),
                form.group("z") != null,
                form.group("alt") != null,
                Integer.parseInt(or(form.group("width"), "0")),
                or(form.group("group"), ""),
                Integer.parseInt(or(form.group("precision"), "-1")),
                or(form.group("type"), "\0").charAt(0));
    }

    private static String or(@org.jspecify.annotations.Nullable String given, String otherwise) {
        return given == null ? otherwise : given;
    }

    boolean hasPrecision() {
        return precision >= 0;
    }

    int precisionOr(int otherwise) {
        return hasPrecision() ? precision : otherwise;
    }

    /** Pads a text. */
    String padded(String usualAlign, String head, String body) {
        int missing = width - length(head) - length(body);
        if (missing <= 0) {
            return head + body;
        }
        return switch (align.isEmpty() ? usualAlign : align) {
            case "<" -> head + body + fill.repeat(missing);
            case "^" -> fill.repeat(missing / 2) + head + body + fill.repeat(missing - missing / 2);
            case "=" -> head + fill.repeat(missing) + body;
            default -> fill.repeat(missing) + head + body;
        };
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
