package org.lockstep.callbacks;

import java.util.Locale;
import java.util.Map;

/** The text of Keras 3's progress bar at one moment, without carriage returns and newlines. */
public final class ProgbarLine {

    private static final int WIDTH = 20;
    private static final String BOLD = "\u001b[1m";
    private static final String GREEN = "\u001b[32m";
    private static final String WHITE = "\u001b[37m";
    private static final String PLAIN = "\u001b[0m";

    private ProgbarLine() {}

    /**
     * A bar: count, bar, time left (or, finished, time taken), time per step, logs.
     *
     * @param elapsedSeconds since the epoch began
     * @param stepSeconds a step's mean time
     */
    public static String bar(
            int current,
            int target,
            double elapsedSeconds,
            double stepSeconds,
            boolean finished,
            Map<String, Double> logs) {
        int done = WIDTH * current / target;
        StringBuilder line = new StringBuilder();
        line.append(BOLD).append(count(current, target)).append(PLAIN).append(' ');
        if (done > 0) {
            line.append(GREEN).append("━".repeat(done)).append(PLAIN);
        }
        line.append(WHITE).append("━".repeat(WIDTH - done)).append(PLAIN);
        String time = finished ? seconds(elapsedSeconds) : timeLeft(stepSeconds * (target - current));
        line.append(' ').append(BOLD).append(time).append(PLAIN);
        line.append(' ').append(perStep(stepSeconds));
        return line.append(values(logs, true)).toString();
    }

    /** A finished epoch's line: count, time taken, time per step, logs. */
    public static String line(
            int current, int target, double elapsedSeconds, double stepSeconds, Map<String, Double> logs) {
        return count(current, target) + " - " + seconds(elapsedSeconds) + " - " + perStep(stepSeconds)
                + values(logs, false);
    }

    private static String count(int current, int target) {
        int digits = Integer.toString(target).length();
        return ("%" + digits + "d/%d").formatted(current, target);
    }

    private static String seconds(double seconds) {
        return "%.0fs".formatted(Math.rint(seconds));
    }

    private static String timeLeft(double seconds) {
        int whole = (int) seconds;
        if (seconds > 3600) {
            return "%d:%02d:%02d".formatted(whole / 3600, whole % 3600 / 60, whole % 60);
        }
        return seconds > 60 ? "%d:%02d".formatted(whole / 60, whole % 60) : whole + "s";
    }

    private static String perStep(double seconds) {
        if (seconds >= 1 || seconds == 0) {
            return "%.0fs/step".formatted(Math.rint(seconds));
        }
        return seconds >= 1e-3
                ? "%.0fms/step".formatted(Math.rint(seconds * 1e3))
                : "%.0fus/step".formatted(Math.rint(seconds * 1e6));
    }

    private static String values(Map<String, Double> logs, boolean bySize) {
        StringBuilder text = new StringBuilder();
        logs.forEach((name, value) -> {
            double compared = bySize ? Math.abs(value) : value;
            String format = compared > 1e-3 ? "%.4f" : "%.4e";
            text.append(" - ").append(name).append(": ").append(String.format(Locale.ROOT, format, value));
        });
        return text.toString();
    }
}
