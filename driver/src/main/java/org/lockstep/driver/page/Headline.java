package org.lockstep.driver.page;

import java.util.List;
import org.lockstep.driver.markup.Figures;
import org.lockstep.driver.markup.Markup;
import org.lockstep.report.EpochLogs;
import org.lockstep.report.EpochTimes;

/** The model's name, the last epoch's results, the best epoch, and what it took. */
final class Headline {

    private Headline() {}

    static void write(Markup page, RunRecord run) {
        List<EpochLogs> epochs = run.epochs();
        EpochLogs last = epochs.get(epochs.size() - 1);
        page.start("header").leaf("p.kicker", "Training report").leaf("h1", run.model());
        page.leaf("p.lead", lead(epochs, EpochTimes.total(run.times())));
        page.start("dl.tiles");
        last.logs().forEach((name, value) -> tile(page, name, Figures.value(value), "epoch " + (last.epoch() + 1)));
        page.end();
        if (!run.facts().isEmpty()) {
            page.start("dl.facts");
            run.facts()
                    .forEach((name, value) ->
                            page.start("div").leaf("dt", name).leaf("dd", value).end());
            page.end();
        }
        page.end();
    }

    private static void tile(Markup page, String name, String value, String note) {
        page.start("div.card")
                .leaf("dt", name)
                .leaf("dd.big", value)
                .leaf("dd.note", note)
                .end();
    }

    private static String lead(List<EpochLogs> epochs, EpochTimes total) {
        StringBuilder text = new StringBuilder(epochs.size() == 1 ? "1 epoch" : epochs.size() + " epochs");
        if (total.wall() > 0) {
            text.append(" in ").append(Figures.duration(total.wall() + total.validation()));
            if (total.validation() > 0) {
                text.append(", of which validation took ").append(Figures.duration(total.validation()));
            }
            double seconds = total.wall() / 1e9;
            text.append("; ")
                    .append(Figures.count(Math.round(total.samples() / seconds)))
                    .append(" samples/s in training");
        }
        return text.append(". ").append(best(epochs)).toString();
    }

    private static String best(List<EpochLogs> epochs) {
        String monitor = epochs.stream().anyMatch(each -> each.logs().containsKey("val_loss")) ? "val_loss" : "loss";
        EpochLogs best = null;
        double lowest = Double.POSITIVE_INFINITY;
        for (EpochLogs each : epochs) {
            double value = each.logs().getOrDefault(monitor, Double.NaN);
            if (value < lowest) {
                best = each;
                lowest = value;
            }
        }
        return best == null
                ? ""
                : "Best epoch: " + (best.epoch() + 1) + ", with the lowest " + monitor + " of " + Figures.value(lowest)
                        + ".";
    }
}
