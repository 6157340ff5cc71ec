package org.lockstep.driver.page;

import java.util.List;
import java.util.Locale;
import org.lockstep.driver.markup.Figures;
import org.lockstep.driver.markup.Markup;
import org.lockstep.report.QueueTimes;

/** How full each shard's prefetch queue was, and how long its worker waited for it. */
final class QueueSection {

    private QueueSection() {}

    static void write(Markup page, List<QueueTimes> queues) {
        if (queues.isEmpty()) {
            return;
        }
        List<List<String>> rows = queues.stream()
                .map(queue -> List.of(
                        String.valueOf(queue.shard()),
                        String.format(Locale.ROOT, "%.1f of %d", queue.meanDepth(), queue.capacity()),
                        Figures.duration(queue.stall()),
                        Figures.percent(queue.stallShare())))
                .toList();
        page.start("section").leaf("h2", "Prefetch queues");
        page.leaf("p", "A queue that is empty when a batch is taken makes its worker, and with it every other, wait.");
        Table.folded(page, "Queues by shard", List.of("shard", "batches ready", "stall", "of the step time"), rows);
        page.end();
    }
}
