package org.lockstep.driver.page;

import java.util.List;
import java.util.Locale;
import org.lockstep.driver.markup.Figures;
import org.lockstep.driver.markup.Markup;
import org.lockstep.report.WorkerReport;

/** Where each worker's time went: the one that waits least for others makes them wait. */
final class WorkerSection {

    private WorkerSection() {}

    static void write(Markup page, List<WorkerReport> workers) {
        if (workers.size() < 2) {
            return;
        }
        page.start("section").leaf("h2", "Workers");
        page.leaf("p", "All workers end a step together: one that computes longer than its peers makes them wait.");
        Table.folded(
                page,
                "Times by executor, in milliseconds of a step",
                List.of("executor", "steps", "compute", "exchange", "input stall", "own, per shard"),
                workers.stream().map(WorkerSection::row).toList());
        page.end();
    }

    private static List<String> row(WorkerReport worker) {
        return List.of(
                worker.place(),
                Figures.count(worker.steps()),
                millis(worker.perStep(worker.timing().compute())),
                millis(worker.perStep(worker.timing().exchange())),
                millis(worker.perStep(worker.timing().stall())),
                millis(worker.ownMillis()));
    }

    private static String millis(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
