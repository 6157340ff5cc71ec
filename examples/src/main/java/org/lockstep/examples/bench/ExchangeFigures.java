package org.lockstep.examples.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lockstep.examples.bench.exchange.CostModel;
import org.lockstep.examples.bench.exchange.CostModel.Point;
import org.lockstep.examples.bench.exchange.Link;
import org.lockstep.examples.bench.exchange.Measurement;
import org.lockstep.examples.bench.exchange.Prediction;

/** What {@code bench exchange} found as JSON's maps; {@link Report} documents the keys. */
final class ExchangeFigures {

    private static final double MILLIS = 1e3;
    private static final double MICROS = 1e6;
    private static final double NANOS = 1e9;

    private ExchangeFigures() {}

    static Map<String, Object> of(Measurement each) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("transport", each.transport());
        Link link = each.link();
        if (link != null) {
            map.put("link_gigabits_per_second", link.gigabits());
            map.put("link_delay_us", link.delay() * MICROS);
        }
        map.put("model", each.model());
        map.put("numbers", each.numbers());
        map.put("workers", each.workers());
        map.put("rounds", each.load().rounds());
        map.put("messages_per_worker", each.load().messages());
        map.put("bytes_per_worker", each.load().bytes());
        map.put("step_ms", Figures.summary(millis(each)));
        if (!each.sent().isEmpty()) {
            map.put("sent_bytes_per_worker", Figures.summary(each.sent()));
        }
        return map;
    }

    static Map<String, Object> of(String transport, CostModel model) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("transport", transport);
        map.put("message_us", model.perMessage() * MICROS);
        map.put("byte_ns", model.perByte() * NANOS);
        map.put("operation_ns", model.perOperation() * NANOS);
        map.put("mean_residual", model.meanResidual());
        List<Map<String, Object>> residuals = new ArrayList<>();
        for (Point point : model.points()) {
            residuals.add(check(point.model(), point.workers(), point.seconds(), model.seconds(point)));
        }
        map.put("residuals", residuals);
        return map;
    }

    /** What the model says of a slower link beside what was measured. */
    static Map<String, Object> check(Measurement each, double measured, double foretold) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("transport", each.transport());
        map.putAll(check(each.model(), each.workers(), measured, foretold));
        return map;
    }

    /** What a model says beside what was measured. */
    private static Map<String, Object> check(String model, int workers, double measured, double foretold) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("model", model);
        map.put("workers", workers);
        map.put("measured_ms", measured * MILLIS);
        map.put("foretold_ms", foretold * MILLIS);
        map.put("residual", foretold / measured - 1);
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

    static List<Double> millis(Measurement each) {
        return each.seconds().stream().map(seconds -> seconds * MILLIS).toList();
    }
}
