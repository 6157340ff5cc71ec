package org.lockstep.driver.curves;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.ChartTheme;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.lockstep.report.EpochLogs;

/** All panels side by side as pixels. */
final class PngCurves {

    private static final int WIDTH = 640;
    private static final int HEIGHT = 440;

    private PngCurves() {}

    static void save(Path file, List<EpochLogs> epochs) throws IOException {
        System.setProperty("java.awt.headless", "true");
        List<XYChart> panels =
                Curve.pictures(epochs).stream().map(name -> panel(name, epochs)).toList();
        try (OutputStream out = Files.newOutputStream(file)) {
            BitmapEncoder.saveBitmap(panels, 1, panels.size(), out, BitmapFormat.PNG);
        }
    }

    private static XYChart panel(String name, List<EpochLogs> epochs) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .theme(ChartTheme.Matlab)
                .title(name)
                .xAxisTitle("epoch")
                .build();
        chart.getStyler().setLegendPosition(LegendPosition.OutsideS);
        chart.getStyler().setXAxisMaxLabelCount(Math.min(epochs.size(), 12)).setXAxisDecimalPattern("0");
        for (Curve curve : Curve.of(name, epochs)) {
            chart.addSeries(
                    curve.name(),
                    curve.points().stream().map(point -> point.epoch() + 1).toList(),
                    curve.points().stream()
                            .map(point -> Double.isFinite(point.value()) ? point.value() : Double.NaN)
                            .toList());
        }
        return chart;
    }
}
