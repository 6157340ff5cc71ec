package org.lockstep.callbacks.python;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** A double's text as Python's {@code repr} writes it: the fewest digits that read back as the same double. */
public final class PythonFloat {

    /** A double never needs more. */
    private static final int DIGITS = 17;

    private PythonFloat() {}

    /** Such as {@code 1.0}, {@code 1e-05}, {@code 0.3333333333333333}, {@code 1e+16}, {@code nan} and {@code -inf}. */
    public static String repr(double value) {
        String sign = isNegative(value) ? "-" : "";
        if (!Double.isFinite(value)) {
            return sign + notFinite(value);
        }
        return sign + shortest(Math.abs(value), false);
    }

    /** The text of a positive, finite number. */
    static String shortest(double value, boolean hasPoint) {
        return Decimal.shortest(value).general(DIGITS, true, hasPoint, 'e');
    }

    static boolean isNegative(double value) {
        return !Double.isNaN(value) && Math.copySign(1, value) < 0;
    }

    /** The text of the absolute value of a number that is not finite. */
    static String notFinite(double value) {
        return Double.isNaN(value) ? "nan" : "inf";
    }

    /** The shortest decimal that reads back as a positive double; of those the closest. */
    static BigDecimal shortest(double value) {
        BigDecimal exact = new BigDecimal(value);
        for (int digits = 1; digits < DIGITS; digits++) {
            BigDecimal down = exact.round(new MathContext(digits, RoundingMode.DOWN));
            BigDecimal up = exact.round(new MathContext(digits, RoundingMode.UP));
            boolean isDown = down.doubleValue() == value;
            boolean isUp = up.doubleValue() == value;
            if (isDown && isUp) {
                return exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            }
            if (isDown || isUp) {
                return isDown ? down : up;
            }
        }
        return exact.round(new MathContext(DIGITS, RoundingMode.HALF_EVEN));
    }
}
