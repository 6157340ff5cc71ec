package org.lockstep.driver.page;

import java.util.List;
import java.util.Locale;
import org.lockstep.driver.markup.Markup;
import org.lockstep.report.Recovery;

/** The failures that the training went on after, and what each cost. */
final class RecoverySection {

    private RecoverySection() {}

    static void write(Markup page, List<Recovery> recoveries) {
        if (recoveries.isEmpty()) {
            return;
        }
        int lost = recoveries.stream().mapToInt(Recovery::lostSteps).sum();
        page.start("section").leaf("h2", "Recoveries");
        page.leaf(
                "p",
                "Training went on after %d failures, with the same results; %d steps were done again."
                        .formatted(recoveries.size(), lost));
        Table.folded(
                page,
                "Recoveries",
                List.of("epoch", "step", "back to", "seconds", "cause"),
                recoveries.stream().map(RecoverySection::row).toList());
        page.end();
    }

    private static List<String> row(Recovery recovery) {
        return List.of(
                String.valueOf(recovery.epoch() + 1),
                String.valueOf(recovery.step() + 1),
                String.valueOf(recovery.backTo() + 1),
                String.format(Locale.ROOT, "%.1f", recovery.seconds()),
                recovery.cause());
    }
}
