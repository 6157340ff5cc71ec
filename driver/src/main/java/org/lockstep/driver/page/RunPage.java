package org.lockstep.driver.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.lockstep.driver.curves.LearningCurves;
import org.lockstep.driver.markup.Markup;

/**
 * A run's report: results, learning curves, where the time went, confusion matrix, predictions with their images, model and
 * settings. One file without scripts that asks for no other file, in light and dark, for wide and narrow windows.
 */
public final class RunPage {

    private RunPage() {}

    /**
     * Writes the page, in place of one that is there; makes the folder.
     *
     * @throws IllegalArgumentException if no epoch ran, or the file's name ends in neither .html nor .htm
     * @throws UncheckedIOException if the file cannot be written
     */
    public static void write(Path file, RunRecord run) {
        String name = file.toString();
        if (!name.endsWith(".html") && !name.endsWith(".htm")) {
            throw new IllegalArgumentException("Invalid `path`: must end in .html or .htm. Received: " + file);
        }
        String page = of(run);
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.writeString(file, page);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the report to " + file + ": " + e.getMessage(), e);
        }
    }

    /** The page's text: HTML that is also XML. */
    public static String of(RunRecord run) {
        if (run.epochs().isEmpty()) {
            throw new IllegalArgumentException("Cannot write a report: no epoch ran");
        }
        Markup page = new Markup();
        page.doctype().start("html", "lang", "en").start("head");
        page.empty("meta", "charset", "utf-8");
        page.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        page.empty("meta", "name", "color-scheme", "content", "light dark");
        page.leaf("title", run.model() + ": training report");
        page.leaf("style", Style.sheet());
        page.end().start("body").start("main");
        Headline.write(page, run);
        curves(page, run);
        TimeSection.write(page, run);
        QueueSection.write(page, run.queues());
        WorkerSection.write(page, run.workers());
        RecoverySection.write(page, run.recoveries(), run.points());
        SkippedSection.write(page, run.skipped());
        PredictionSection.write(page, run.predictions());
        Settings.write(page, run);
        page.end().end().end();
        return page.toString();
    }

    private static void curves(Markup page, RunRecord run) {
        page.start("section").leaf("h2", "Learning curves").start("div.panels");
        for (String name : LearningCurves.panels(run.epochs())) {
            page.start("figure.card");
            LearningCurves.panel(page, name, run.epochs());
            page.end();
        }
        page.end();
        LogTable.write(page, run.epochs());
        page.end();
    }
}
