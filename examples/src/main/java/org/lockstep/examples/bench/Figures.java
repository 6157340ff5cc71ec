package org.lockstep.examples.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.lockstep.examples.bench.Contest.Measured;
import org.lockstep.examples.bench.Statistics.Interval;
import org.lockstep.examples.bench.side.Round;

/** Results as JSON's maps and lists; {@link Report} documents the keys. */
final class Figures {

    private Figures() {}

    static Map<String, Object> of(Contest contest, Entrant reference) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("model", contest.workload().model().title());
        map.put("batch", contest.workload().batch());
        map.put("steps", contest.workload().steps());
        map.put("threads", contest.workload().threads());
        map.put(
                "sides",
                contest.sides().stream().map(side -> side(contest, side)).toList());
        map.put(
                "ratios",
                contest.of(reference)
                        .map(ours -> contest.sides().stream()
                                .filter(other -> !other.equals(ours))
                                .map(other -> ratio(ours, other))
                                .toList())
                        .orElse(List.of()));
        return map;
    }

    private static Map<String, Object> side(Contest contest, Measured side) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", side.entrant().title());
        map.put("description", side.description());
        map.put("images", side.rounds().get(0).images());
        map.put("step_ms", summary(contest.stepMillis(side)));
        map.put("images_per_second", summary(side.imagesPerSecond()));
        TreeSet<String> keys = new TreeSet<>();
        side.rounds().forEach(round -> keys.addAll(round.figures().keySet()));
        keys.forEach(key -> map.put(key, summary(side.figure(key))));
        if (!Double.isNaN(side.accuracy())) {
            map.put("accuracy", side.accuracy());
        }
        map.put("seconds", side.rounds().stream().map(Round::seconds).toList());
        return map;
    }

    private static Map<String, Object> ratio(Measured ours, Measured other) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("ours", ours.entrant().title());
        map.put("other", other.entrant().title());
        map.putAll(summary(Contest.speedRatios(ours, other)));
        return map;
    }

    static Map<String, Object> of(Verdict verdict) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("bar", verdict.required().title());
        map.put("model", verdict.model());
        Integer batch = verdict.batch();
        if (batch != null) {
            map.put("batch", batch);
        }
        map.put("quantity", verdict.required().quantity().title());
        map.put("bound", verdict.required().bound());
        map.put("median", verdict.median());
        map.put("low", verdict.interval().low());
        map.put("high", verdict.interval().high());
        map.put("coverage", verdict.interval().coverage());
        map.put("passed", verdict.passed());
        return map;
    }

    /** Median, extremes, and the median's interval with its coverage. */
    static Map<String, Object> summary(List<Double> values) {
        Interval interval = Statistics.medianInterval(values);
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("median", Statistics.median(values));
        summary.put("min", Statistics.min(values));
        summary.put("max", Statistics.max(values));
        summary.put("low", interval.low());
        summary.put("high", interval.high());
        summary.put("coverage", interval.coverage());
        return summary;
    }
}
