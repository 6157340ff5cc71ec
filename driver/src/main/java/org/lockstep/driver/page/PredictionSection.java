package org.lockstep.driver.page;

import java.util.List;
import org.lockstep.driver.markup.Figures;
import org.lockstep.driver.markup.Markup;
import org.lockstep.driver.predictions.Confusion;
import org.lockstep.driver.predictions.Predictions;
import org.lockstep.driver.predictions.Predictions.Judged;
import org.lockstep.driver.predictions.Predictions.NotJudged;
import org.lockstep.driver.predictions.Sample;

/** What the model takes for what: the confusion matrix, and samples to look at. */
final class PredictionSection {

    private PredictionSection() {}

    static void write(Markup page, Predictions predictions) {
        if (predictions instanceof NotJudged none) {
            page.start("section")
                    .leaf("h2", "Predictions")
                    .leaf("p", none.reason())
                    .end();
        } else if (predictions instanceof Judged judged) {
            page.start("section").leaf("h2", "Confusion matrix").leaf("p", words(judged));
            ConfusionTable.write(page, judged.confusion());
            page.end();
            samples(page, judged);
        }
    }

    private static String words(Judged judged) {
        Confusion confusion = judged.confusion();
        String samples = Figures.count(confusion.total());
        return (judged.complete() ? "Of all " + samples : "Of the first " + samples) + " held-out samples, "
                + Figures.count(confusion.right()) + " are right ("
                + Figures.percent((double) confusion.right() / confusion.total()) + ").";
    }

    private static void samples(Markup page, Judged judged) {
        Pictures pictures = Pictures.of(judged.samples());
        page.start("section")
                .leaf("h2", "Sample predictions")
                .leaf("p", "In bold what the model says, and how sure it is. " + pictures.note());
        List<Sample> wrong =
                judged.samples().stream().filter(sample -> !sample.isRight()).toList();
        List<Sample> right = judged.samples().stream().filter(Sample::isRight).toList();
        group(page, wrong, "Most confident mistakes", judged.confusion().names(), pictures);
        group(page, right, "Right ones", judged.confusion().names(), pictures);
        page.end();
    }

    private static void group(Markup page, List<Sample> samples, String title, List<String> names, Pictures pictures) {
        if (samples.isEmpty()) {
            return;
        }
        page.leaf("h3", title).start("div.samples");
        for (Sample sample : samples) {
            String predicted = names.get(sample.predicted());
            String truth = names.get(sample.truth());
            page.start(sample.isRight() ? "figure.sample" : "figure.sample.wrong");
            pictures.write(page, sample, "Sample %d: %s, taken for %s".formatted(sample.index(), truth, predicted));
            page.start("figcaption").leaf("b", predicted).leaf("span", Figures.percent(sample.probability()));
            if (!sample.isRight()) {
                page.leaf("span.truth", "is " + truth);
            }
            page.end().end();
        }
        page.end();
    }
}
