package org.lockstep.examples.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lockstep.examples.bench.Statistics.Interval;

/**
 * What a benchmark found: the pairs, and what follows from them.
 *
 * @param entrants description and accuracy of each side, ours first
 * @param goal the least median ratio that passes
 */
record Outcome(List<Entry> entrants, List<Pair> pairs, double goal) {

    /**
     * One side.
     *
     * @param title its key in JSON
     * @param description what it is, with versions
     * @param accuracy on held-out images, after all its epochs: shows that it learns, and is no contest
     */
    record Entry(String title, String description, double accuracy) {}

    double medianRatio() {
        return Statistics.median(ratios());
    }

    boolean passed() {
        return medianRatio() >= goal;
    }

    List<Double> ours() {
        return pairs.stream().map(Pair::ours).toList();
    }

    List<Double> peer() {
        return pairs.stream().map(Pair::peer).toList();
    }

    List<Double> ratios() {
        return pairs.stream().map(Pair::ratio).toList();
    }

    /** A table of figures, a line per side and one for their ratio. */
    String table() {
        StringBuilder table = new StringBuilder();
        table.append("%-22s %10s %10s %10s %10s%n".formatted("images/s", "median", "min", "max", "accuracy"));
        table.append(row(entrants.get(0), ours()));
        table.append(row(entrants.get(1), peer()));
        Interval interval = Statistics.medianInterval(ratios());
        table.append("%-22s %10.1f %10.1f %10.1f%n"
                .formatted("ratio", medianRatio(), Statistics.min(ratios()), Statistics.max(ratios())));
        table.append("median ratio %.1f, within [%.1f, %.1f] with %.0f %% confidence; goal %.1f: %s%n"
                .formatted(
                        medianRatio(),
                        interval.low(),
                        interval.high(),
                        100 * interval.coverage(),
                        goal,
                        passed() ? "reached" : "missed"));
        return table.toString();
    }

    /** The figures as JSON's maps and lists; {@link Train} documents the keys. */
    Map<String, Object> figures() {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("sides", List.of(side(entrants.get(0), ours()), side(entrants.get(1), peer())));
        figures.put("pairs", pairs.stream().map(Outcome::pair).toList());
        Map<String, Object> ratio = new LinkedHashMap<>(summary(ratios()));
        Interval interval = Statistics.medianInterval(ratios());
        ratio.put("low", interval.low());
        ratio.put("high", interval.high());
        ratio.put("coverage", interval.coverage());
        figures.put("ratio", ratio);
        figures.put("goal", goal);
        figures.put("passed", passed());
        return figures;
    }

    private static String row(Entry entry, List<Double> values) {
        return "%-22s %10.0f %10.0f %10.0f %10.3f%n"
                .formatted(
                        entry.title(),
                        Statistics.median(values),
                        Statistics.min(values),
                        Statistics.max(values),
                        entry.accuracy());
    }

    private static Map<String, Object> side(Entry entry, List<Double> values) {
        Map<String, Object> side = new LinkedHashMap<>();
        side.put("name", entry.title());
        side.put("description", entry.description());
        side.put("images_per_second", summary(values));
        side.put("accuracy", entry.accuracy());
        return side;
    }

    private static Map<String, Object> summary(List<Double> values) {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("median", Statistics.median(values));
        summary.put("min", Statistics.min(values));
        summary.put("max", Statistics.max(values));
        return summary;
    }

    private static Map<String, Object> pair(Pair pair) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("ours", pair.ours());
        map.put("peer", pair.peer());
        map.put("ratio", pair.ratio());
        return map;
    }
}
