package org.lockstep.callbacks.python;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * A number that is not negative, as digits with the point after the first one: {@code d.ddd × 10^exponent}.
 *
 * @param digits at least one; the first is 0 only where all are
 */
record Decimal(String digits, int exponent) {

    /** The fewest digits that read back as the same double. */
    static Decimal shortest(double value) {
        return of(value == 0 ? BigDecimal.ZERO : PythonFloat.shortest(value).stripTrailingZeros());
    }

    /** So many digits, rounded half to even from the double's exact value. */
    static Decimal rounded(double value, int count) {
        if (value == 0) {
            return new Decimal("0".repeat(count), 0);
        }
        Decimal rounded = of(new BigDecimal(value).round(new MathContext(count, RoundingMode.HALF_EVEN)));
        return new Decimal(rounded.digits + "0".repeat(count - rounded.digits.length()), rounded.exponent);
    }

    private static Decimal of(BigDecimal value) {
        String digits = value.unscaledValue().toString();
        return new Decimal(digits, digits.length() - 1 - value.scale());
    }

    /** {@code d.ddde±xx}. */
    String scientific(boolean hasPoint, char e) {
        String fraction = digits.substring(1);
        String point = fraction.isEmpty() && !hasPoint ? "" : ".";
        return "%s%s%s%s%s%02d"
                .formatted(digits.charAt(0), point, fraction, e, exponent < 0 ? "-" : "+", Math.abs(exponent));
    }

    /** Without an exponent. */
    String plain(boolean hasPoint) {
        if (exponent < 0) {
            return "0." + "0".repeat(-exponent - 1) + digits;
        }
        int whole = exponent + 1;
        if (digits.length() <= whole) {
            return digits + "0".repeat(whole - digits.length()) + (hasPoint ? "." : "");
        }
        return digits.substring(0, whole) + "." + digits.substring(whole);
    }

    /**
     * Python's {@code g}: without an exponent from 1e-4 to below 10^precision.
     *
     * @param isFloat whether a number without a point gets {@code .0}, and its exponent a digit earlier
     * @param keepsZeros whether the point and the zeros at the end stay
     */
    String general(int precision, boolean isFloat, boolean keepsZeros, char e) {
        Decimal kept = keepsZeros ? this : stripped();
        if (exponent < -4 || exponent >= precision - (isFloat ? 1 : 0)) {
            return kept.scientific(keepsZeros, e);
        }
        String plain = kept.plain(keepsZeros);
        return isFloat && plain.indexOf('.') < 0 ? plain + ".0" : plain + (plain.endsWith(".") && isFloat ? "0" : "");
    }

    private Decimal stripped() {
        int end = digits.length();
        while (end > 1 && digits.charAt(end - 1) == '0') {
            end--;
        }
        return new Decimal(digits.substring(0, end), exponent);
    }
}
