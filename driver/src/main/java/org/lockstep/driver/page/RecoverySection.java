package org.lockstep.driver.page;

import java.util.List;
import java.util.Locale;
import org.lockstep.driver.markup.Markup;
import org.lockstep.report.Recovery;
import org.lockstep.report.RecoveryPoints;

/** The failures that the training went on after, what each cost, and what being prepared for them did. */
final class RecoverySection {

    private static final double PERCENT = 100;

    private RecoverySection() {}

    static void write(Markup page, List<Recovery> recoveries, RecoveryPoints points) {
        if (recoveries.isEmpty() && points.count() == 0) {
            return;
        }
        page.start("section").leaf("h2", "Recoveries");
        if (!recoveries.isEmpty()) {
            failures(page, recoveries);
        }
        if (points.count() > 0) {
            page.leaf("p", sentence(points));
        }
        page.end();
    }

    /** What recovery points cost. */
    static String sentence(RecoveryPoints points) {
        return String.format(
                Locale.ROOT,
                "Recovery points: %d, which paused training for %.2f s in all, and took at most %.2f %% of the processor"
                        + " time of executors and driver.",
                points.count(),
                points.seconds(),
                PERCENT * points.cpuShare());
    }

    private static void failures(Markup page, List<Recovery> recoveries) {
        int lost = recoveries.stream().mapToInt(Recovery::lostSteps).sum();
        page.leaf(
                "p",
                "Training went on after %s, with the same results; %s done again."
                        .formatted(
                                recoveries.size() == 1 ? "1 failure" : recoveries.size() + " failures",
                                lost == 1 ? "1 step was" : lost + " steps were"));
        Table.folded(
                page,
                "Recoveries",
                List.of("epoch", "step", "back to", "seconds", "cause"),
                recoveries.stream().map(RecoverySection::row).toList());
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
