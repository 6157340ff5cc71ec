package org.lockstep.driver.curves;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToLongFunction;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.style.Styler.ChartTheme;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.lockstep.report.LayerTimes;
import org.lockstep.report.StepProfile;

/** A profile as a picture: for each layer a bar of its forward and one of its backward time. */
public final class ProfilePicture {

    private static final int HEIGHT = 480;
    private static final int MARGIN = 260;
    private static final int WIDTH_OF_LAYER = 48;
    private static final double NANOS_PER_MILLI = 1e6;

    private ProfilePicture() {}

    /**
     * Draws a PNG file; works without a display.
     *
     * @throws UncheckedIOException if the file cannot be written
     */
    public static void save(Path file, StepProfile profile) {
        System.setProperty("java.awt.headless", "true");
        List<String> names = profile.layers().stream().map(LayerTimes::name).toList();
        CategoryChart chart = new CategoryChartBuilder()
                .width(MARGIN + WIDTH_OF_LAYER * names.size())
                .height(HEIGHT)
                .theme(ChartTheme.Matlab)
                .title("A step of %d images".formatted(profile.samples()))
                .yAxisTitle("ms")
                .build();
        chart.getStyler().setLegendPosition(LegendPosition.OutsideE);
        chart.getStyler().setXAxisLabelRotation(60);
        chart.addSeries("forward", names, millis(profile, LayerTimes::forwardNanos));
        chart.addSeries("backward", names, millis(profile, LayerTimes::backwardNanos));
        try (OutputStream out = Files.newOutputStream(file)) {
            BitmapEncoder.saveBitmap(chart, out, BitmapFormat.PNG);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the profile to " + file + ": " + e.getMessage(), e);
        }
    }

    private static List<Double> millis(StepProfile profile, ToLongFunction<LayerTimes> time) {
        return profile.layers().stream()
                .map(layer -> time.applyAsLong(layer) / NANOS_PER_MILLI)
                .toList();
    }
}
