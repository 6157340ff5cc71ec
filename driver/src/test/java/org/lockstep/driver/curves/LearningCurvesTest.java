package org.lockstep.driver.curves;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lockstep.callbacks.History;

class LearningCurvesTest {

    @TempDir
    private Path folder = Path.of("");

    private static History history() {
        History history = new History();
        history.add(0, Map.of("accuracy", 0.5, "loss", 2.0, "val_accuracy", 0.4, "val_loss", 2.5));
        history.add(1, Map.of("accuracy", 0.9, "loss", 0.5, "val_accuracy", 0.8, "val_loss", 0.6));
        return history;
    }

    private BufferedImage drawn(History history) throws IOException {
        Path png = folder.resolve("new/curves.png");
        LearningCurves.save(png, history.epoch(), history.history());
        return ImageIO.read(png.toFile());
    }

    @Test
    void save_lossAndAccuracy_twoPanelsWithLines() throws IOException {
        BufferedImage image = drawn(history());
        History lossOnly = new History();
        lossOnly.add(0, Map.of("loss", 1.0));
        BufferedImage one = drawn(lossOnly);
        assertThat(image.getWidth()).isEqualTo(2 * one.getWidth());
        assertThat(image.getHeight()).isEqualTo(one.getHeight());
        Set<Integer> colours = new TreeSet<>();
        for (int x = 0; x < image.getWidth(); x++) {
            for (int y = 0; y < image.getHeight(); y++) {
                colours.add(image.getRGB(x, y));
            }
        }
        assertThat(colours.size()).isGreaterThan(10);
    }

    @Test
    void save_noEpochOrOtherFormat_refused() {
        assertThatThrownBy(() ->
                        LearningCurves.save(folder.resolve("a.png"), new History().epoch(), new History().history()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot draw learning curves: no epoch ran");
        assertThatThrownBy(() -> LearningCurves.save(
                        folder.resolve("a.jpg"), history().epoch(), history().history()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must end in .png. Received: ");
    }
}
