package org.lockstep.driver.markup;

import java.util.Locale;

/** Numbers as people read them, the same in every locale. */
public final class Figures {

    private static final double NANOS = 1e9;

    private Figures() {}

    /** Four significant digits, 0.9810 or 1.500e-07, and all those before the point. */
    public static String value(double value) {
        if (!Double.isFinite(value)) {
            return Double.toString(value);
        }
        double size = Math.abs(value);
        if (size != 0 && (size < 1e-4 || size >= 1e7)) {
            return String.format(Locale.ROOT, "%.3e", value);
        }
        int decimals = size == 0 ? 0 : Math.max(0, 3 - (int) Math.floor(Math.log10(size)));
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    /** 12,345. */
    public static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** A share in [0, 1] as 41 %, below ten as 4.1 %; the space does not break. */
    public static String percent(double share) {
        double percent = 100 * share;
        boolean fine = percent < 9.95 || (percent > 99 && percent < 99.95);
        return String.format(Locale.ROOT, percent == 0 || !fine ? "%.0f\u00A0%%" : "%.1f\u00A0%%", percent);
    }

    /** 1 h 02 min, 3 min 05 s, 12.3 s or 45 ms; the spaces do not break. */
    public static String duration(long nanos) {
        double seconds = nanos / NANOS;
        if (seconds < 0.9995) {
            return String.format(Locale.ROOT, seconds < 0.01 ? "%.1f ms" : "%.0f ms", 1000 * seconds)
                    .replace(' ', '\u00A0');
        }
        long whole = Math.round(seconds);
        String text;
        if (seconds < 59.95) {
            text = String.format(Locale.ROOT, "%.1f s", seconds);
        } else if (whole < 3600) {
            text = String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60);
        } else {
            long minutes = Math.round(seconds / 60);
            text = String.format(Locale.ROOT, "%d h %02d min", minutes / 60, minutes % 60);
        }
        return text.replace(' ', '\u00A0');
    }
}
