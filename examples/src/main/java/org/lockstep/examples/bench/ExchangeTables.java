package org.lockstep.examples.bench;

import java.util.List;
import org.lockstep.examples.bench.exchange.Algorithm;
import org.lockstep.examples.bench.exchange.CostModel;
import org.lockstep.examples.bench.exchange.CostModel.Point;
import org.lockstep.examples.bench.exchange.Measurement;
import org.lockstep.examples.bench.exchange.Prediction;

/** What {@code bench exchange} found as text. */
final class ExchangeTables {

    private static final double MILLIS = 1e3;
    private static final double MICROS = 1e6;
    private static final double NANOS = 1e9;
    private static final double MEGA = 1e6;
    private static final double PERCENT = 100;

    private ExchangeTables() {}

    static String head() {
        return "%-22s %-10s %7s %6s %8s %8s %9s %19s%n"
                .formatted("transport", "model", "workers", "rounds", "MB least", "MB sent", "ms/step", "interval");
    }

    static String row(Measurement each) {
        List<Double> millis = ExchangeFigures.millis(each);
        Statistics.Interval interval = Statistics.medianInterval(millis);
        return "%-22s %-10s %7d %6d %8.2f %8s %9.3f %19s%n"
                .formatted(
                        each.transport(),
                        each.model(),
                        each.workers(),
                        each.load().rounds(),
                        each.leastBytes() / MEGA,
                        each.sent().isEmpty() ? "" : "%.2f".formatted(Statistics.median(each.sent()) / MEGA),
                        Statistics.median(millis),
                        "[%.3f, %.3f]".formatted(interval.low(), interval.high()));
    }

    static String of(String transport, CostModel model) {
        StringBuilder text = new StringBuilder();
        text.append("%s: %.1f us a message, %.3f ns a byte, %.3f ns an operation; off by %.0f %% in the mean:"
                .formatted(
                        transport,
                        model.perMessage() * MICROS,
                        model.perByte() * NANOS,
                        model.perOperation() * NANOS,
                        model.meanResidual() * PERCENT));
        for (Point point : model.points()) {
            text.append(" %s %d %+.0f %%".formatted(point.model(), point.workers(), model.residual(point) * PERCENT));
        }
        return text.append(System.lineSeparator()).toString();
    }

    static String check(Measurement measured, double seconds, double foretold) {
        return "%s, %s, %d workers: foretold %.1f ms, measured %.1f ms, off by %+.0f %%%n"
                .formatted(
                        measured.transport(),
                        measured.model(),
                        measured.workers(),
                        foretold * MILLIS,
                        seconds * MILLIS,
                        (foretold / seconds - 1) * PERCENT);
    }

    /** A line for each model, speed and number of executors. */
    static String of(List<Prediction> predictions) {
        StringBuilder table = new StringBuilder();
        table.append("%-10s %6s %9s %11s".formatted("model", "Gb/s", "executors", "compute ms"));
        for (Algorithm algorithm : Algorithm.values()) {
            table.append(" %16s".formatted(algorithm.title() + (algorithm.isCanonical() ? "" : " (*)")));
        }
        table.append(System.lineSeparator());
        for (int i = 0; i < predictions.size(); i += Algorithm.values().length) {
            Prediction first = predictions.get(i);
            table.append("%-10s %6.0f %9d %11.1f"
                    .formatted(first.model(), first.gigabits(), first.executors(), first.compute() * MILLIS));
            for (Prediction each : predictions.subList(i, i + Algorithm.values().length)) {
                table.append(" %16s".formatted("%.2f ms, %.2f".formatted(each.exchange() * MILLIS, each.efficiency())));
            }
            table.append(System.lineSeparator());
        }
        return table + "milliseconds of the exchange, and the part of a step that is computing;"
                + " (*) for comparison only: the order of its sums depends on the number of executors"
                + System.lineSeparator();
    }
}
