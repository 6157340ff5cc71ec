package org.lockstep.examples.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lockstep.examples.bench.exchange.CostModel;
import org.lockstep.examples.bench.exchange.Measurement;
import org.lockstep.examples.bench.exchange.Prediction;
import org.lockstep.examples.bench.exchange.Transport;

/** What {@code bench exchange} found, as text and as JSON's maps; {@link Report} documents the keys. */
final class ExchangeFigures {

    private static final double MILLIS = 1e3;
    private static final double MICROS = 1e6;
    private static final double GIGA = 1e9;
    private static final double MEGA = 1e6;

    private ExchangeFigures() {}

    static String table(List<Measurement> measured) {
        StringBuilder table = new StringBuilder();
        table.append("%-10s %-10s %8s %12s %7s %9s %19s%n"
                .formatted("transport", "model", "workers", "MB/worker", "rounds", "ms/step", "interval"));
        for (Measurement each : measured) {
            Statistics.Interval interval = Statistics.medianInterval(millis(each));
            table.append("%-10s %-10s %8d %12.2f %7d %9.3f %19s%n"
                    .formatted(
                            each.transport(),
                            each.model(),
                            each.workers(),
                            each.bytesPerWorker() / MEGA,
                            each.rounds(),
                            Statistics.median(millis(each)),
                            "[%.3f, %.3f]".formatted(interval.low(), interval.high())));
        }
        return table.toString();
    }

    static String predictions(List<Prediction> predictions) {
        StringBuilder table = new StringBuilder();
        table.append("%-10s %9s %7s %-14s %11s %12s %10s%n"
                .formatted("model", "executors", "Gb/s", "exchange", "compute ms", "exchange ms", "efficiency"));
        for (Prediction each : predictions) {
            table.append("%-10s %9d %7.0f %-14s %11.1f %12.2f %10.2f%n"
                    .formatted(
                            each.model(),
                            each.executors(),
                            each.gigabits(),
                            each.algorithm().title() + (each.algorithm().isCanonical() ? "" : " (*)"),
                            each.compute() * MILLIS,
                            each.exchange() * MILLIS,
                            each.efficiency()));
        }
        return table + "(*) for comparison only: the order of its sums depends on the number of executors\n";
    }

    static Map<String, Object> of(Measurement each) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("transport", each.transport());
        map.put("model", each.model());
        map.put("parameters", each.parameters());
        map.put("workers", each.workers());
        map.put("bytes_per_worker", each.bytesPerWorker());
        map.put("rounds", each.rounds());
        map.put("step_ms", Figures.summary(millis(each)));
        return map;
    }

    static Map<String, Object> of(Transport transport, CostModel model) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("transport", transport.title());
        map.put("latency_us", model.latency() * MICROS);
        map.put("gigabytes_per_second", model.bandwidth() / GIGA);
        map.put("r_squared", model.rSquared());
        return map;
    }

    static Map<String, Object> of(Prediction each) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("model", each.model());
        map.put("algorithm", each.algorithm().title());
        map.put("executors", each.executors());
        map.put("gigabits_per_second", each.gigabits());
        map.put("compute_ms", each.compute() * MILLIS);
        map.put("exchange_ms", each.exchange() * MILLIS);
        map.put("step_ms", each.step() * MILLIS);
        map.put("efficiency", each.efficiency());
        return map;
    }

    private static List<Double> millis(Measurement each) {
        return each.seconds().stream().map(seconds -> seconds * MILLIS).toList();
    }
}
