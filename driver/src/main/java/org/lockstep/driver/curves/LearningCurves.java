package org.lockstep.driver.curves;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.ChartTheme;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.lockstep.report.History;

/** Learning curves: for the loss and for each metric a panel with the value per epoch, in training and in validation. */
public final class LearningCurves {

    private static final int WIDTH = 640;
    private static final int HEIGHT = 440;
    private static final String VALIDATION = "val_";

    private LearningCurves() {}

    /**
     * Draws a PNG file; works without a display. Epochs count from 1.
     *
     * @throws IllegalArgumentException if no epoch ran, or the file's name does not end in .png
     */
    public static void save(Path png, History history) {
        if (history.epoch().isEmpty()) {
            throw new IllegalArgumentException("Cannot draw learning curves: no epoch ran");
        }
        if (!png.toString().endsWith(".png")) {
            throw new IllegalArgumentException("Invalid `curves`: must end in .png. Received: " + png);
        }
        System.setProperty("java.awt.headless", "true");
        List<XYChart> panels = new ArrayList<>();
        panels.add(panel(history, "loss"));
        for (String name : history.history().keySet()) {
            if (!name.equals("loss") && !name.startsWith(VALIDATION)) {
                panels.add(panel(history, name));
            }
        }
        try {
            Path folder = png.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            BitmapEncoder.saveBitmap(panels, 1, panels.size(), png.toString(), BitmapFormat.PNG);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write learning curves to " + png + ": " + e.getMessage(), e);
        }
    }

    private static XYChart panel(History history, String name) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .theme(ChartTheme.Matlab)
                .title(name)
                .xAxisTitle("epoch")
                .build();
        chart.getStyler().setLegendPosition(LegendPosition.OutsideS);
        int epochs = history.epoch().size();
        chart.getStyler().setXAxisMaxLabelCount(Math.min(epochs, 12)).setXAxisDecimalPattern("0");
        add(chart, history, name);
        add(chart, history, VALIDATION + name);
        return chart;
    }

    private static void add(XYChart chart, History history, String name) {
        List<Double> values = history.history().get(name);
        if (values == null) {
            return;
        }
        List<Integer> epochs = history.epoch().stream().map(epoch -> epoch + 1).toList();
        chart.addSeries(name, epochs.subList(epochs.size() - values.size(), epochs.size()), values);
    }
}
