package org.lockstep.examples.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lockstep.examples.bench.exchange.CostModel;
import org.lockstep.examples.bench.exchange.CostModel.Point;
import org.lockstep.examples.bench.exchange.Link;
import org.lockstep.examples.bench.exchange.Measurement;
import org.lockstep.examples.bench.exchange.Transport;

/**
 * Cost models of what was measured: what an operation costs comes from the exchange through memory, which sends nothing;
 * what messages and bytes cost comes from those over sockets, the processes' model having the last word.
 *
 * @param models by transport, of those with enough measurements
 * @param text for a reader
 * @param checks what the processes' model says of slower links, which it was not fitted to, beside what was measured
 */
record ExchangeModels(Map<String, CostModel> models, String text, List<Map<String, Object>> checks) {

    private static final String MEMORY = "memory";

    static ExchangeModels fit(List<Measurement> measured, int processors) {
        Map<String, List<Point>> points = new LinkedHashMap<>();
        measured.stream()
                .filter(each -> each.link() == null)
                .forEach(each -> points.computeIfAbsent(each.transport(), none -> new ArrayList<>())
                        .add(Point.of(each, processors, seconds(each))));
        Map<String, CostModel> models = new LinkedHashMap<>();
        StringBuilder text = new StringBuilder();
        points.forEach((transport, its) -> {
            if (its.stream().filter(point -> point.workers() > 1).count() > 1) {
                CostModel memory = models.get(MEMORY);
                CostModel model = memory == null ? CostModel.fit(its) : CostModel.fit(its, memory.perOperation());
                models.put(transport, model);
                text.append(ExchangeTables.of(transport, model));
            }
        });
        List<Map<String, Object>> checks = new ArrayList<>();
        CostModel processes = models.get(Transport.PROCESSES);
        if (processes != null) {
            for (Measurement each : measured) {
                Link link = each.link();
                if (link != null) {
                    double seconds = seconds(each);
                    double foretold =
                            processes.seconds(Point.of(each, processors, seconds)) + link.seconds(each.load());
                    checks.add(ExchangeFigures.check(each, seconds, foretold));
                    text.append(ExchangeTables.check(each, seconds, foretold));
                }
            }
        }
        return new ExchangeModels(models, text.toString(), checks);
    }

    private static double seconds(Measurement measured) {
        return Statistics.median(measured.seconds());
    }

    /** The one that predictions are made with. */
    Optional<CostModel> best() {
        return Optional.ofNullable(models.get(Transport.PROCESSES));
    }

    List<Map<String, Object>> figures() {
        List<Map<String, Object>> figures = new ArrayList<>();
        models.forEach((transport, model) -> figures.add(ExchangeFigures.of(transport, model)));
        return figures;
    }
}
