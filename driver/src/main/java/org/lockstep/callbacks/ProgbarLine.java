package org.lockstep.callbacks;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.callbacks.python.PythonFormat;

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
     * @param target steps of the whole; where it is null or 0 there is no bar and always the time taken
     * @param elapsedSeconds since the epoch began
     * @param stepSeconds a step's mean time
     */
    public static String bar(
            int current,
            @Nullable Integer target,
            double elapsedSeconds,
            double stepSeconds,
            boolean finished,
            Map<String, Double> logs) {
        int whole = target == null ? 0 : target;
        String bar = whole > 0 ? known(current, whole) : "%7d/Unknown".formatted(current);
        String time = whole > 0 && !finished ? timeLeft(stepSeconds * (whole - current)) : seconds(elapsedSeconds);
        return bar + " " + BOLD + time + PLAIN + " " + perStep(stepSeconds) + values(logs, true);
    }

    private static String known(int current, int target) {
        int done = (int) (WIDTH * ((double) current / target));
        String green = done > 0 ? GREEN + "━".repeat(done) + PLAIN : "";
        return BOLD + count(current, target) + PLAIN + " " + green + WHITE + "━".repeat(Math.max(0, WIDTH - done))
                + PLAIN;
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
        return PythonFormat.format(seconds, ".0f") + "s";
    }

    private static String timeLeft(double seconds) {
        long whole = (long) seconds;
        if (seconds > 3600) {
            return "%d:%02d:%02d".formatted(whole / 3600, whole % 3600 / 60, whole % 60);
        }
        return seconds > 60 ? "%d:%02d".formatted(whole / 60, whole % 60) : whole + "s";
    }

    private static String perStep(double seconds) {
        if (seconds >= 1 || seconds == 0) {
            return PythonFormat.format(seconds, ".0f") + "s/step";
        }
        return seconds >= 1e-3
                ? PythonFormat.format(seconds * 1e3, ".0f") + "ms/step"
                : PythonFormat.format(seconds * 1e6, ".0f") + "us/step";
    }

    private static String values(Map<String, Double> logs, boolean bySize) {
        StringBuilder text = new StringBuilder();
        logs.forEach((name, value) -> {
            double compared = bySize ? Math.abs(value) : value;
            text.append(" - ")
                    .append(name)
                    .append(": ")
                    .append(PythonFormat.format(value, compared > 1e-3 ? ".4f" : ".4e"));
        });
        return text.toString();
    }
}
