package org.lockstep.driver.curves;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lockstep.report.EpochLogs;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class LearningCurvesTest {

    private static final List<EpochLogs> EPOCHS = List.of(
            new EpochLogs(0, Map.of("accuracy", 0.5, "loss", 2.0)),
            new EpochLogs(1, Map.of("accuracy", 0.9, "loss", 0.5, "val_accuracy", 0.4, "val_loss", 2.5)),
            new EpochLogs(2, Map.of("accuracy", 0.9, "loss", 0.5)),
            new EpochLogs(3, Map.of("accuracy", 0.9, "loss", 0.25, "val_accuracy", 0.8, "val_loss", 0.5)));

    @TempDir
    private Path folder = Path.of("");

    private BufferedImage png(List<EpochLogs> epochs) throws IOException {
        Path png = folder.resolve("new/curves.png");
        LearningCurves.save(png, epochs);
        return ImageIO.read(png.toFile());
    }

    @Test
    void save_lossAndAccuracy_twoPanelsWithLines() throws IOException {
        BufferedImage image = png(EPOCHS);
        BufferedImage one = png(List.of(new EpochLogs(0, Map.of("loss", 1.0))));
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
    void save_svg_pointsAtTheirEpochsAndValues() throws Exception {
        Path svg = folder.resolve("curves.svg");
        LearningCurves.save(svg, EPOCHS);
        String text = Files.readString(svg);
        assertThat(text)
                .contains("loss by epoch; in training from 2.000 to 0.2500; in validation from 2.500 to 0.5000");
        NodeList circles = DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(svg.toFile())
                .getElementsByTagName("circle");
        List<double[]> points = new ArrayList<>();
        List<String> titles = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            Element circle = (Element) circles.item(i);
            points.add(new double[] {
                Double.parseDouble(circle.getAttribute("cx")), Double.parseDouble(circle.getAttribute("cy"))
            });
            titles.add(circle.getTextContent());
        }
        assertThat(titles.subList(3, 6))
                .containsExactly("epoch 4: loss 0.2500", "epoch 2: val_loss 2.500", "epoch 4: val_loss 0.5000");
        double[] second = points.get(1);
        double[] last = points.get(3);
        assertThat(points.get(4)[0]).isEqualTo(second[0]);
        assertThat(points.get(5)[0]).isEqualTo(last[0]);
        double scale = (second[1] - points.get(0)[1]) / 1.5;
        assertThat(last[1] - second[1]).isCloseTo(0.25 * scale, offset(0.2));
        assertThat(second[1] - points.get(4)[1]).isCloseTo(2 * scale, offset(0.2));
        assertThat(points.get(5)[1]).isEqualTo(second[1]);
    }

    @Test
    void save_valueNotFinite_lineBroken() throws IOException {
        List<EpochLogs> epochs = new ArrayList<>();
        for (double loss : new double[] {3, 2, Double.NaN, 1, 1}) {
            epochs.add(new EpochLogs(epochs.size(), Map.of("loss", loss)));
        }
        Path svg = folder.resolve("curves.svg");
        LearningCurves.save(svg, epochs);
        assertThat(Files.readString(svg))
                .containsPattern("(?s)<polyline .*<polyline ")
                .doesNotContain("NaN,");
        assertThat(png(epochs).getWidth()).isPositive();
    }

    @Test
    void save_noEpochOrOtherFormat_refused() {
        assertThatThrownBy(() -> LearningCurves.save(folder.resolve("a.png"), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot draw learning curves: no epoch ran");
        assertThatThrownBy(() -> LearningCurves.save(folder.resolve("a.jpg"), EPOCHS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Invalid `path`: must end in .png or .svg. Received: ");
    }
}
