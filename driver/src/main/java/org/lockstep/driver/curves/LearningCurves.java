package org.lockstep.driver.curves;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.lockstep.driver.markup.Markup;
import org.lockstep.report.EpochLogs;

/** Learning curves: for the loss and for each metric a panel with the value per epoch, in training and in validation. */
public final class LearningCurves {

    private LearningCurves() {}

    /**
     * Draws a PNG or SVG file, whichever the file's name ends in; works without a display. Epochs count from 1.
     *
     * @throws IllegalArgumentException if no epoch ran, or the file's name ends in neither .png nor .svg
     * @throws UncheckedIOException if the file cannot be written
     */
    public static void save(Path file, List<EpochLogs> epochs) {
        String name = file.toString();
        if (!name.endsWith(".png") && !name.endsWith(".svg")) {
            throw new IllegalArgumentException("Invalid `path`: must end in .png or .svg. Received: " + file);
        }
        if (epochs.isEmpty()) {
            throw new IllegalArgumentException("Cannot draw learning curves: no epoch ran");
        }
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            if (name.endsWith(".png")) {
                PngCurves.save(file, epochs);
            } else {
                Files.writeString(file, SvgFile.of(epochs));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write learning curves to " + file + ": " + e.getMessage(), e);
        }
    }

    /** The logs that have a panel: the loss, then the others as they come. */
    public static List<String> panels(List<EpochLogs> epochs) {
        return Curve.pictures(epochs);
    }

    /** Writes one log's panel into a page, whose style sheet gives its classes their colours. */
    public static void panel(Markup page, String name, List<EpochLogs> epochs) {
        Frame.begin(page, CurvePicture.description(name, epochs), Frame.sized(Frame.WIDTH, Frame.HEIGHT));
        CurvePicture.draw(page, name, epochs);
        page.end();
    }
}
