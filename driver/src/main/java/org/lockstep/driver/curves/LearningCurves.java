package org.lockstep.driver.curves;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.ChartTheme;
import org.knowm.xchart.style.Styler.LegendPosition;

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
    public static void save(Path png, List<Integer> epochs, Map<String, List<Double>> logs) {
        if (epochs.isEmpty()) {
            throw new IllegalArgumentException("Cannot draw learning curves: no epoch ran");
        }
        if (!png.toString().endsWith(".png")) {
            throw new IllegalArgumentException("Invalid `curves`: must end in .png. Received: " + png);
        }
        System.setProperty("java.awt.headless", "true");
        List<XYChart> panels = new ArrayList<>();
        panels.add(panel(epochs, logs, "loss"));
        for (String name : logs.keySet()) {
            if (!name.equals("loss") && !name.startsWith(VALIDATION)) {
                panels.add(panel(epochs, logs, name));
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

    private static XYChart panel(List<Integer> epochs, Map<String, List<Double>> logs, String name) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .theme(ChartTheme.Matlab)
                .title(name)
                .xAxisTitle("epoch")
                .build();
        chart.getStyler().setLegendPosition(LegendPosition.OutsideS);
        chart.getStyler().setXAxisMaxLabelCount(Math.min(epochs.size(), 12)).setXAxisDecimalPattern("0");
        add(chart, epochs, logs, name);
        add(chart, epochs, logs, VALIDATION + name);
        return chart;
    }

    private static void add(XYChart chart, List<Integer> epochs, Map<String, List<Double>> logs, String name) {
        List<Double> values = logs.get(name);
        if (values == null) {
            return;
        }
        List<Integer> shown = epochs.stream().map(epoch -> epoch + 1).toList();
        chart.addSeries(name, shown.subList(shown.size() - values.size(), shown.size()), values);
    }
}
