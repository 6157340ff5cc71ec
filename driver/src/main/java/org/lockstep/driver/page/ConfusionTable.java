package org.lockstep.driver.page;

import java.util.List;
import java.util.Locale;
import org.lockstep.driver.markup.Figures;
import org.lockstep.driver.markup.Markup;
import org.lockstep.driver.predictions.Confusion;

/**
 * Truth against prediction: up to 50 classes as a table shaded by each cell's share of its row, above that the pairs
 * confused most often.
 */
final class ConfusionTable {

    private static final int CELLS = 50;
    private static final int SHARES = 12;
    private static final int PAIRS = 30;

    private ConfusionTable() {}

    static void write(Markup page, Confusion confusion) {
        if (confusion.classes() <= CELLS) {
            matrix(page, confusion);
        } else {
            pairs(page, confusion);
        }
    }

    private static void matrix(Markup page, Confusion confusion) {
        List<String> names = confusion.names();
        String caption = "Rows are the truth, columns the prediction; shares are of the row";
        page.start("div.scroll", "tabindex", "0", "role", "region", "aria-label", "Confusion matrix");
        page.start(names.size() > SHARES ? "table.confusion.many" : "table.confusion")
                .leaf("caption", caption)
                .start("thead")
                .start("tr");
        page.leaf("th", "truth", "scope", "col");
        names.forEach(name -> page.leaf("th", name, "scope", "col"));
        page.leaf("th.sum", "samples", "scope", "col").leaf("th.sum", "recall", "scope", "col");
        page.end().end().start("tbody");
        for (int truth = 0; truth < names.size(); truth++) {
            row(page, confusion, truth);
        }
        page.start("tr").leaf("th", "precision", "scope", "row");
        for (int each = 0; each < names.size(); each++) {
            page.leaf("td.sum", share(confusion.count(each, each), confusion.ofPrediction(each)));
        }
        page.leaf("td.sum", Figures.count(confusion.total()));
        page.leaf("td.sum", share(confusion.right(), confusion.total()));
        page.end().end().end().end();
    }

    private static void row(Markup page, Confusion confusion, int truth) {
        List<String> names = confusion.names();
        long all = confusion.ofTruth(truth);
        page.start("tr").leaf("th", names.get(truth), "scope", "row");
        for (int predicted = 0; predicted < names.size(); predicted++) {
            cell(page, confusion, truth, predicted, all);
        }
        page.leaf("td.sum", Figures.count(all));
        page.leaf("td.sum", share(confusion.count(truth, truth), all)).end();
    }

    private static void cell(Markup page, Confusion confusion, int truth, int predicted, long all) {
        long count = confusion.count(truth, predicted);
        if (count == 0) {
            page.leaf("td.none", "0");
            return;
        }
        double share = (double) count / all;
        String heat = String.format(Locale.ROOT, "--heat:%.2f", 0.1 + 0.5 * Math.sqrt(share));
        String title = "%s taken for %s: %s of %s, %s"
                .formatted(
                        confusion.names().get(truth),
                        confusion.names().get(predicted),
                        Figures.count(count),
                        Figures.count(all),
                        Figures.percent(share));
        page.start(truth == predicted ? "td.hit" : "td.miss", "style", heat, "title", title);
        page.text(Figures.count(count));
        if (confusion.classes() <= SHARES) {
            page.leaf("small", Figures.percent(share));
        }
        page.end();
    }

    private static void pairs(Markup page, Confusion confusion) {
        List<List<String>> rows = confusion.confused(PAIRS).stream()
                .map(pair -> List.of(
                        confusion.names().get(pair.truth()),
                        confusion.names().get(pair.predicted()),
                        Figures.count(pair.count()),
                        share(pair.count(), confusion.ofTruth(pair.truth()))))
                .toList();
        page.leaf("p", "Of " + confusion.classes() + " classes, these were confused most often.");
        Table.write(page, "The most confused pairs", List.of("truth", "taken for", "samples", "of the class"), rows);
    }

    private static String share(long part, long all) {
        return all == 0 ? "–" : Figures.percent((double) part / all);
    }
}
