package org.lockstep.callbacks.python;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** Python's {@code format(value, specification)} of integers, floats and texts, in no language's own notation. */
public final class PythonFormat {

    private static final String FLOAT_TYPES = "eEfFgG%";

    private PythonFormat() {}

    /**
     * The value's text.
     *
     * @param value an {@link Integer} or {@link Long} for Python's int, another number for its float, else its text counts
     * @throws IllegalArgumentException with Python's text where the specification is wrong or not for this type
     */
    public static String format(Object value, String specification) {
        FormatSpec spec = FormatSpec.of(specification);
        if (value instanceof Integer || value instanceof Long) {
            return integer(((Number) value).longValue(), spec);
        }
        return value instanceof Number number
                ? real(number.doubleValue(), spec, "float")
                : text(value.toString(), spec);
    }

    private static String integer(long value, FormatSpec spec) {
        if (FLOAT_TYPES.indexOf(spec.type()) >= 0) {
            return real((double) value, spec, "int");
        }
        if (spec.hasPrecision()) {
            throw new IllegalArgumentException("Precision not allowed in integer format specifier");
        }
        String digits = switch (spec.type()) {
            case 0, 'd', 'n' -> Long.toString(value).replace("-", "");
            case 'b' -> Long.toBinaryString(Math.abs(value));
            case 'o' -> Long.toOctalString(Math.abs(value));
            case 'x' -> Long.toHexString(Math.abs(value));
            case 'X' -> Long.toHexString(Math.abs(value)).toUpperCase(Locale.ROOT);
            default -> throw unknown(spec, "int");
        };
        boolean isDecimal = "dn\0".indexOf(spec.type()) >= 0;
        String prefix = spec.isAlternate() && !isDecimal ? "0" + spec.type() : "";
        return number(value < 0, prefix, digits, "", isDecimal ? 3 : 4, spec);
    }

    private static String real(double value, FormatSpec spec, String typeName) {
        boolean isPercent = spec.type() == '%';
        double shown = isPercent ? value * 100 : value;
        boolean isNegative = PythonFloat.isNegative(shown);
        String text =
                Double.isFinite(shown) ? finite(Math.abs(shown), spec, typeName) : notFinite(shown, spec, typeName);
        if (isNegative && spec.dropsNegativeZero() && !text.matches(".*[1-9a-df-z].*")) {
            isNegative = false;
        }
        int whole = 0;
        while (whole < text.length() && Character.isDigit(text.charAt(whole))) {
            whole++;
        }
        return number(
                isNegative, "", text.substring(0, whole), text.substring(whole) + (isPercent ? "%" : ""), 3, spec);
    }

    private static String notFinite(double value, FormatSpec spec, String typeName) {
        finite(1, spec, typeName);
        String text = PythonFloat.notFinite(value);
        return Character.isUpperCase(spec.type()) ? text.toUpperCase(Locale.ROOT) : text;
    }

    private static String finite(double value, FormatSpec spec, String typeName) {
        boolean hasPoint = spec.isAlternate();
        int precision = spec.precisionOr(6);
        int significant = Math.max(1, precision);
        char e = Character.isUpperCase(spec.type()) ? 'E' : 'e';
        return switch (spec.type()) {
            case 'e', 'E' -> Decimal.rounded(value, precision + 1).scientific(hasPoint, e);
            case 'f', 'F', '%' -> {
                String text = new BigDecimal(value)
                        .setScale(precision, RoundingMode.HALF_EVEN)
                        .toPlainString();
                yield hasPoint && precision == 0 ? text + "." : text;
            }
            case 'g', 'G', 'n' -> Decimal.rounded(value, significant).general(significant, false, hasPoint, e);
            case 0 ->
                spec.hasPrecision()
                        ? Decimal.rounded(value, significant).general(significant, true, hasPoint, e)
                        : PythonFloat.shortest(value, hasPoint);
            default -> throw unknown(spec, typeName);
        };
    }

    private static String number(
            boolean isNegative, String prefix, String digits, String rest, int group, FormatSpec spec) {
        String sign = spec.sign().equals("-") ? "" : spec.sign();
        String head = (isNegative ? "-" : sign) + prefix;
        String whole = digits;
        if (!spec.grouping().isEmpty() && !digits.isEmpty()) {
            int least = spec.fill().equals("0") && spec.align().equals("=")
                    ? spec.width() - head.length() - rest.length()
                    : 0;
            whole = grouped(digits, spec.grouping(), group);
            for (String padded = digits; whole.length() < least; ) {
                padded = "0" + padded;
                whole = grouped(padded, spec.grouping(), group);
            }
        }
        return spec.padded(">", head, whole + rest);
    }

    private static String grouped(String digits, String separator, int group) {
        StringBuilder text = new StringBuilder(digits);
        for (int at = digits.length() - group; at > 0; at -= group) {
            text.insert(at, separator);
        }
        return text.toString();
    }

    private static String text(String value, FormatSpec spec) {
        if (spec.type() != 0 && spec.type() != 's') {
            throw unknown(spec, "str");
        }
        int end = Math.min(spec.precisionOr(Integer.MAX_VALUE), value.codePointCount(0, value.length()));
        return spec.padded("<", "", value.substring(0, value.offsetByCodePoints(0, end)));
    }

    private static IllegalArgumentException unknown(FormatSpec spec, String typeName) {
        return new IllegalArgumentException(
                "Unknown format code '%s' for object of type '%s'".formatted(spec.type(), typeName));
    }
}
