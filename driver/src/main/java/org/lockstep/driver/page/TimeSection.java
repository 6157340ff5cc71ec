package org.lockstep.driver.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.lockstep.driver.curves.StepColumns;
import org.lockstep.driver.markup.Figures;
import org.lockstep.driver.markup.Markup;
import org.lockstep.report.EpochTimes;

/** Where the time went: what held the steps up in a sentence, the run's parts as a bar, the epochs' as columns and a table. */
final class TimeSection {

    private static final List<String> HEADS = List.of(
            "epoch", "steps", "samples/s", "ms/step", "compute", "exchange", "input stall", "other", "validation");

    private TimeSection() {}

    static void write(Markup page, RunRecord run) {
        page.start("section").leaf("h2", "Time per step");
        EpochTimes total = EpochTimes.total(run.times());
        if (total.parts() == 0) {
            page.leaf("p", "No times were measured.").end();
            return;
        }
        Bottleneck bottleneck = Bottleneck.of(run.times(), run.queues(), run.settings());
        page.leaf(bottleneck.isInput() ? "p.verdict.bad" : "p.verdict", bottleneck.sentence());
        page.start("div.panels").start("figure.card");
        bar(page, total);
        page.end().start("figure.card");
        StepColumns.draw(page, run.times());
        page.end().end();
        List<List<String>> rows = new ArrayList<>();
        run.times().forEach(each -> rows.add(row(String.valueOf(each.epoch() + 1), each)));
        rows.add(row("all", total));
        Table.folded(page, "Time by epoch", HEADS, rows);
        page.end();
    }

    private static void bar(Markup page, EpochTimes total) {
        page.leaf(
                "figcaption",
                "The whole run: training " + Figures.duration(total.parts()) + ", validation "
                        + Figures.duration(total.validation()));
        long all = total.parts() + total.validation();
        page.start("div.bars", "aria-hidden", "true")
                .leaf("span.note", "training")
                .start("div.bar");
        part(page, "compute", total.compute(), all);
        part(page, "exchange", total.exchange(), all);
        part(page, "stall", total.stall(), all);
        part(page, "other", total.other(), all);
        page.end();
        if (total.validation() > 0) {
            page.leaf("span.note", "validation").start("div.bar");
            part(page, "validation", total.validation(), all);
            page.end();
        }
        page.end()
                .start("table.legend")
                .leaf("caption", "Parts of the step time")
                .start("tbody");
        legend(page, "compute", "compute", total.compute(), total);
        legend(page, "exchange", "exchange", total.exchange(), total);
        legend(page, "stall", "input stall", total.stall(), total);
        legend(page, "other", "other", total.other(), total);
        page.end().end();
    }

    private static void part(Markup page, String kind, long nanos, long all) {
        page.leaf("span." + kind, "", "style", String.format(Locale.ROOT, "width:%.2f%%", 100.0 * nanos / all));
    }

    private static void legend(Markup page, String kind, String name, long nanos, EpochTimes total) {
        page.start("tr")
                .start("th", "scope", "row")
                .leaf("span.key." + kind, "")
                .text(name)
                .end();
        page.leaf("td", Figures.percent((double) nanos / total.parts()));
        page.leaf("td", Figures.duration(nanos)).end();
    }

    private static List<String> row(String name, EpochTimes times) {
        double steps = Math.max(1, times.steps());
        double parts = Math.max(1, times.parts());
        return List.of(
                name,
                Figures.count(times.steps()),
                Figures.count(Math.round(times.samples() / Math.max(1e-9, times.wall() / 1e9))),
                Figures.value(times.parts() / 1e6 / steps),
                Figures.percent(times.compute() / parts),
                Figures.percent(times.exchange() / parts),
                Figures.percent(times.stall() / parts),
                Figures.percent(times.other() / parts),
                times.validation() == 0 ? "–" : Figures.duration(times.validation()));
    }
}
