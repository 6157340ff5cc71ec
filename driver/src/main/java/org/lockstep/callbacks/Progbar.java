package org.lockstep.callbacks;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.conf.Verbose;

/** One progress bar from its first step to its last, as the text to print at each update. */
final class Progbar {

    private static final double NANOS = 1e9;
    private static final double INTERVAL_SECONDS = 0.05;

    private final Verbose verbose;
    private final boolean isTerminal;
    private final long start;
    /** Under the names in the order in which they first came. */
    private final Map<String, Double> values = new LinkedHashMap<>();

    private @Nullable Long lastUpdate;
    private @Nullable Long afterFirstStep;
    private int lastWidth;

    Progbar(Verbose verbose, boolean isTerminal, long startNanos) {
        this.verbose = verbose;
        this.isTerminal = isTerminal;
        this.start = startNanos;
    }

    /**
     * Notes a step's logs.
     *
     * @param target steps of the whole, where that is known
     * @param isLast whether this is the bar's last update
     * @return what to print; empty where it is too soon for it
     */
    String update(int current, @Nullable Integer target, Map<String, Double> logs, boolean isLast, long now) {
        values.putAll(logs);
        double stepSeconds = stepSeconds(current, now);
        return switch (verbose) {
            case SILENT -> "";
            case LINE_PER_EPOCH ->
                isLast && target != null && target > 0
                        ? ProgbarLine.line(current, target, seconds(start, now), stepSeconds, values) + "\n"
                        : "";
            case PROGRESS_BAR, AUTO -> {
                if (!isLast && lastUpdate != null && seconds(lastUpdate, now) < INTERVAL_SECONDS) {
                    yield "";
                }
                lastUpdate = now;
                String line = ProgbarLine.bar(current, target, seconds(start, now), stepSeconds, isLast, values);
                yield overLast(line) + (isLast ? "\n" : "");
            }
        };
    }

    /** The line with what goes before and behind it, so that nothing of the one before is left on a terminal. */
    private String overLast(String line) {
        int width = line.replaceAll("\u001b\\[\\d+m", "").length();
        String before = isTerminal ? "\b".repeat(lastWidth) + "\r" : "\n";
        String behind = " ".repeat(Math.max(0, lastWidth - width));
        lastWidth = width;
        return before + line + behind;
    }

    /** The mean time of a step, the first one left out where there are more. */
    private double stepSeconds(int current, long now) {
        if (current == 0) {
            return 0;
        }
        double seconds = afterFirstStep != null && current > 1
                ? seconds(afterFirstStep, now) / (current - 1)
                : seconds(start, now) / current;
        afterFirstStep = current == 1 ? (Long) now : afterFirstStep;
        return seconds;
    }

    private static double seconds(long from, long to) {
        return (to - from) / NANOS;
    }
}
