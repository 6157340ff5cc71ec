package org.lockstep.driver.curves;

import static org.lockstep.driver.curves.Frame.at;

import java.util.List;
import org.lockstep.driver.markup.Figures;
import org.lockstep.driver.markup.Markup;
import org.lockstep.report.EpochTimes;

/** Milliseconds of a step, epoch by epoch, as columns of compute, exchange, input stall and the rest. */
public final class StepColumns {

    private static final double MILLION = 1e6;
    private static final List<String> PARTS = List.of("compute", "exchange", "stall", "other");

    private StepColumns() {}

    /** Writes the columns into a page, whose style sheet gives its classes their colours; epochs without steps are left out. */
    public static void draw(Markup page, List<EpochTimes> all) {
        List<EpochTimes> epochs = all.stream().filter(each -> each.steps() > 0).toList();
        double most =
                epochs.stream().mapToDouble(StepColumns::milliseconds).max().orElse(1);
        Frame frame = new Frame(
                Axis.of(0, most, 5), epochs.stream().map(EpochTimes::epoch).toList());
        Frame.begin(page, "Milliseconds per step by epoch", Frame.sized(Frame.WIDTH, Frame.HEIGHT));
        frame.draw(page, "ms per step");
        for (int i = 0; i < epochs.size(); i++) {
            column(page, frame, i, epochs.get(i));
        }
        page.end();
    }

    private static void column(Markup page, Frame frame, int place, EpochTimes epoch) {
        double width = frame.width() < 6 ? frame.width() : Math.min(40, 0.7 * frame.width());
        long[] nanos = {epoch.compute(), epoch.exchange(), epoch.stall(), epoch.other()};
        double below = 0;
        for (int part = 0; part < nanos.length; part++) {
            double above = below + nanos[part] / MILLION / epoch.steps();
            String height = at(frame.y(below) - frame.y(above));
            if (!height.equals("0")) {
                page.start(
                                "rect." + PARTS.get(part),
                                "x",
                                at(frame.x(place) - width / 2),
                                "y",
                                at(frame.y(above)),
                                "width",
                                at(width),
                                "height",
                                height)
                        .leaf(
                                "title",
                                "epoch %d: %s %s"
                                        .formatted(
                                                epoch.epoch() + 1,
                                                name(part),
                                                Figures.duration(nanos[part] / epoch.steps())))
                        .end();
            }
            below = above;
        }
    }

    private static String name(int part) {
        return PARTS.get(part).equals("stall") ? "input stall" : PARTS.get(part);
    }

    private static double milliseconds(EpochTimes epoch) {
        return epoch.parts() / MILLION / epoch.steps();
    }
}
