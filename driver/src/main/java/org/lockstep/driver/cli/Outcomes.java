package org.lockstep.driver.cli;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.lockstep.driver.conformance.Outcome;

/** Outcomes of reference cases as text. */
final class Outcomes {

    private Outcomes() {}

    /** Id, largest absolute and relative deviation, and what became of the case. */
    static String line(Outcome outcome) {
        String status = outcome.status().name().toLowerCase(Locale.ROOT);
        return "%-44s abs %.1e  rel %.1e  %s%s"
                .formatted(
                        outcome.id(),
                        outcome.absolute(),
                        outcome.relative(),
                        status,
                        outcome.reason().isEmpty() ? "" : ": " + outcome.reason());
    }

    /** For each op, and for all, how many passed, failed and were skipped. */
    static List<String> counts(List<Outcome> outcomes) {
        Map<String, Map<Outcome.Status, Integer>> byOp = new TreeMap<>();
        Map<Outcome.Status, Integer> all = new EnumMap<>(Outcome.Status.class);
        for (Outcome outcome : outcomes) {
            byOp.computeIfAbsent(outcome.op(), op -> new EnumMap<>(Outcome.Status.class))
                    .merge(outcome.status(), 1, Integer::sum);
            all.merge(outcome.status(), 1, Integer::sum);
        }
        List<String> lines = new ArrayList<>();
        byOp.forEach((op, counts) -> lines.add(counts(op, counts)));
        lines.add(counts("all", all));
        return lines;
    }

    private static String counts(String op, Map<Outcome.Status, Integer> counts) {
        return "%-26s %4d passed %4d failed %4d skipped"
                .formatted(
                        op,
                        counts.getOrDefault(Outcome.Status.PASS, 0),
                        counts.getOrDefault(Outcome.Status.FAIL, 0),
                        counts.getOrDefault(Outcome.Status.SKIPPED, 0));
    }
}
