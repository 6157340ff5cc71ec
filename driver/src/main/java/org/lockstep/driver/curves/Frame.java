package org.lockstep.driver.curves;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.lockstep.driver.markup.Markup;

/** A picture's axes: values from below to above, epochs from left to right. Coordinates are the picture's. */
record Frame(Axis values, List<Integer> epochs) {

    static final int WIDTH = 440;
    static final int HEIGHT = 260;
    private static final int LEFT = 52;
    private static final int RIGHT = 428;
    private static final int TOP = 34;
    private static final int BOTTOM = 222;

    /** Begins a picture of its own. */
    static Markup begin(Markup page, String description, String... attributes) {
        page.start("svg.plot", attributes);
        return page.leaf("title", description);
    }

    /** What {@link #begin} needs so that the picture stands in a page. */
    static String[] sized(int width, int height) {
        return new String[] {
            "xmlns", "http://www.w3.org/2000/svg", "viewBox", "0 0 " + width + " " + height, "role", "img"
        };
    }

    double y(double value) {
        return BOTTOM - values.place(value) * (BOTTOM - TOP);
    }

    /** The middle of the i-th epoch. */
    double x(int i) {
        return LEFT + (i + 0.5) * width();
    }

    /** The room that an epoch has. */
    double width() {
        return (double) (RIGHT - LEFT) / epochs.size();
    }

    void draw(Markup page, String unit) {
        for (BigDecimal tick : values.ticks()) {
            String y = at(y(tick.doubleValue()));
            page.empty("line.grid", "x1", at(LEFT), "x2", at(RIGHT), "y1", y, "y2", y);
            page.leaf("text.tick.end", values.label(tick), "x", at(LEFT - 6), "y", at(y(tick.doubleValue()) + 4));
        }
        int every = Axis.every(epochs.size());
        for (int i = 0; i < epochs.size(); i++) {
            if ((epochs.get(i) + 1) % every == 0) {
                page.leaf("text.tick.middle", String.valueOf(epochs.get(i) + 1), "x", at(x(i)), "y", at(BOTTOM + 16));
            }
        }
        page.leaf("text.tick.middle", "epoch", "x", at((LEFT + RIGHT) / 2.0), "y", at(BOTTOM + 32));
        if (!unit.isEmpty()) {
            page.leaf("text.tick", unit, "x", "4", "y", at(TOP - 14));
        }
    }

    static String at(double coordinate) {
        String text = String.format(Locale.ROOT, "%.1f", coordinate);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
}
