package org.lockstep.driver.curves;

import static org.lockstep.driver.curves.Frame.at;

import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import org.lockstep.driver.markup.Figures;
import org.lockstep.driver.markup.Markup;
import org.lockstep.report.EpochLogs;

/** One log's curves as SVG, with a point for each epoch unless they are many. */
final class CurvePicture {

    private static final int POINTS = 60;

    private CurvePicture() {}

    static void draw(Markup page, String name, List<EpochLogs> epochs) {
        List<Curve> curves = Curve.of(name, epochs);
        DoubleSummaryStatistics values = curves.stream()
                .flatMap(curve -> curve.points().stream())
                .mapToDouble(Curve.Point::value)
                .filter(Double::isFinite)
                .summaryStatistics();
        Axis axis = values.getCount() == 0 ? Axis.of(0, 1, 5) : Axis.of(values.getMin(), values.getMax(), 5);
        Frame frame = new Frame(axis, epochs.stream().map(EpochLogs::epoch).toList());
        frame.draw(page, "");
        page.leaf("text.name", name, "x", "4", "y", "16");
        page.start("text.tick.end", "x", at(Frame.WIDTH - 12), "y", "16");
        for (Curve curve : curves) {
            List<Curve.Point> points = curve.points();
            page.leaf("tspan.dot." + kind(curve), " ● ");
            page.text(kind(curve) + " "
                    + Figures.value(points.get(points.size() - 1).value()) + " ");
        }
        page.end();
        curves.forEach(curve -> line(page, frame, curve));
    }

    /** What the picture shows, in words. */
    static String description(String name, List<EpochLogs> epochs) {
        StringBuilder text = new StringBuilder(name).append(" by epoch");
        for (Curve curve : Curve.of(name, epochs)) {
            List<Curve.Point> points = curve.points();
            text.append(curve.isValidation() ? "; in validation from " : "; in training from ")
                    .append(Figures.value(points.get(0).value()))
                    .append(" to ")
                    .append(Figures.value(points.get(points.size() - 1).value()));
        }
        return text.toString();
    }

    private static void line(Markup page, Frame frame, Curve curve) {
        List<String> run = new ArrayList<>();
        for (Curve.Point point : curve.points()) {
            if (Double.isFinite(point.value())) {
                run.add(at(frame.x(point.place())) + "," + at(frame.y(point.value())));
            } else {
                flush(page, curve, run);
            }
        }
        flush(page, curve, run);
        for (Curve.Point point : curve.points()) {
            if (curve.points().size() <= POINTS && Double.isFinite(point.value())) {
                page.start(
                                "circle.dot." + kind(curve),
                                "cx",
                                at(frame.x(point.place())),
                                "cy",
                                at(frame.y(point.value())),
                                "r",
                                "3.5")
                        .leaf(
                                "title",
                                "epoch %d: %s %s"
                                        .formatted(point.epoch() + 1, curve.name(), Figures.value(point.value())))
                        .end();
            }
        }
    }

    private static void flush(Markup page, Curve curve, List<String> run) {
        if (run.size() > 1) {
            page.empty("polyline.line." + kind(curve), "points", String.join(" ", run));
        }
        run.clear();
    }

    private static String kind(Curve curve) {
        return curve.isValidation() ? "validation" : "training";
    }
}
