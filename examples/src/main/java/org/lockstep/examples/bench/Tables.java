package org.lockstep.examples.bench;

import java.util.List;
import org.lockstep.examples.bench.Contest.Measured;
import org.lockstep.examples.bench.Statistics.Interval;
import org.lockstep.examples.bench.side.Round;

/** Results as text. */
final class Tables {

    private Tables() {}

    /** A line for each side, then how many times faster the reference was than each other. */
    static String of(Contest contest, Entrant reference) {
        StringBuilder table = new StringBuilder();
        table.append("%-28s %9s %19s %10s %9s %9s %9s %9s%n"
                .formatted(
                        contest.title(), "ms/step", "interval", "images/s", "exchange", "start", "stall", "accuracy"));
        contest.sides().forEach(side -> table.append(row(contest, side)));
        contest.of(reference)
                .ifPresent(ours -> contest.sides().stream()
                        .filter(other -> !other.equals(ours))
                        .forEach(other -> table.append(ratio(ours, other))));
        return table.toString();
    }

    private static String row(Contest contest, Measured side) {
        List<Double> millis = contest.stepMillis(side);
        return "%-28s %9.2f %19s %10.0f %9s %9s %9s %9s%n"
                .formatted(
                        "  " + side.entrant().title(),
                        Statistics.median(millis),
                        interval("%.2f", millis),
                        Statistics.median(side.imagesPerSecond()),
                        median("%.2f ms", side.figure(Round.EXCHANGE)),
                        median("%.3f s", side.figure(Round.START_UP)),
                        median("%.3f s", side.figure(Round.STALL)),
                        Double.isNaN(side.accuracy()) ? "" : "%.3f".formatted(side.accuracy()));
    }

    private static String median(String format, List<Double> values) {
        return values.isEmpty() ? "" : format.formatted(Statistics.median(values));
    }

    private static String ratio(Measured ours, Measured other) {
        List<Double> ratios = Contest.speedRatios(ours, other);
        return "  %s / %s, images/s: %.2f, within %s with %.0f %% confidence%n"
                .formatted(
                        ours.entrant().title(),
                        other.entrant().title(),
                        Statistics.median(ratios),
                        interval("%.2f", ratios),
                        100 * Statistics.medianInterval(ratios).coverage());
    }

    private static String interval(String format, List<Double> values) {
        Interval interval = Statistics.medianInterval(values);
        return "[" + format.formatted(interval.low()) + ", " + format.formatted(interval.high()) + "]";
    }

    /** A line for each bar. */
    static String of(List<Verdict> verdicts) {
        StringBuilder table = new StringBuilder();
        for (Verdict verdict : verdicts) {
            table.append("%-7s %-20s %s: %.3g, within [%.3g, %.3g]%n"
                    .formatted(
                            verdict.passed() ? "passed" : "MISSED",
                            verdict.subject(),
                            verdict.required().title(),
                            verdict.median(),
                            verdict.interval().low(),
                            verdict.interval().high()));
        }
        return table.toString();
    }
}
