package org.lockstep.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lockstep.layers.Layer;
import org.lockstep.layers.Shape;
import org.lockstep.layers.Variable;

/** The table of a model's layers as Keras 3 prints it on a terminal of 80 columns without colours. */
final class Summary {

    private static final int[] WIDTHS = {31, 22, 13};
    private static final List<String> UNITS = List.of("B", "KB", "MB", "GB", "TB");
    private static final int BYTES_PER_NUMBER = 4;

    private final List<String> lines = new ArrayList<>();

    private Summary() {}

    static String of(Sequential model) {
        Summary summary = new Summary();
        summary.lines.add("Model: \"" + model.name() + "\"");
        summary.table(rows(model));
        summary.totals(model);
        return String.join("\n", summary.lines);
    }

    private static List<List<String>> rows(Sequential model) {
        List<List<String>> rows = new ArrayList<>();
        List<Shape> shapes = model.isBuilt() ? model.outputShapes() : List.of();
        for (int i = 0; i < model.layers().size(); i++) {
            Layer layer = model.layers().get(i);
            String name = "%s (%s)".formatted(layer.name(), layer.className());
            rows.add(
                    model.isBuilt()
                            ? List.of(name, shape(shapes.get(i)), grouped(parameters(model, i)))
                            : List.of(name, "?", "0 (unbuilt)"));
        }
        return rows;
    }

    /** As Keras prints a shape, without Python's comma after a single dimension. */
    private static String shape(Shape shape) {
        return shape.toString().replace(",)", ")");
    }

    private static long parameters(Sequential model, int layer) {
        return model.layout().ofLayer(layer).stream()
                .mapToLong(WeightLayout.Slot::size)
                .sum();
    }

    private void table(List<List<String>> rows) {
        lines.add(border('┏', '━', '┳', '┓'));
        row(List.of("Layer (type)", "Output Shape", "Param #"), '┃');
        lines.add(border('┡', '━', '╇', '┩'));
        for (int i = 0; i < rows.size(); i++) {
            if (i > 0) {
                lines.add(border('├', '─', '┼', '┤'));
            }
            row(rows.get(i), '│');
        }
        lines.add(border('└', '─', '┴', '┘'));
    }

    private static String border(char left, char line, char cross, char right) {
        return IntStream.of(WIDTHS)
                .mapToObj(width -> Character.toString(line).repeat(width + 2))
                .collect(Collectors.joining(Character.toString(cross), Character.toString(left), "" + right));
    }

    private void row(List<String> cells, char bar) {
        List<List<String>> wrapped = new ArrayList<>();
        int height = 0;
        for (int i = 0; i < WIDTHS.length; i++) {
            List<String> cell = wrap(cells.get(i), WIDTHS[i]);
            height = Math.max(height, cell.size());
            wrapped.add(cell);
        }
        for (int line = 0; line < height; line++) {
            StringBuilder text = new StringBuilder().append(bar);
            for (int i = 0; i < WIDTHS.length; i++) {
                String part = line < wrapped.get(i).size() ? wrapped.get(i).get(line) : "";
                String blank = " ".repeat(WIDTHS[i] - part.length());
                boolean right = i == WIDTHS.length - 1;
                text.append(' ')
                        .append(right ? blank + part : part + blank)
                        .append(' ')
                        .append(bar);
            }
            lines.add(text.toString());
        }
    }

    /** Words on lines of at most the width; a longer word is cut with an ellipsis. */
    private static List<String> wrap(String cell, int width) {
        List<String> wrapped = new ArrayList<>();
        String line = "";
        for (String word : cell.split(" ")) {
            String longer = line.isEmpty() ? word : line + " " + word;
            if (longer.length() > width && !line.isEmpty()) {
                wrapped.add(cut(line, width));
                longer = word;
            }
            line = longer;
        }
        wrapped.add(cut(line, width));
        return wrapped;
    }

    private static String cut(String word, int width) {
        return word.length() <= width ? word : word.substring(0, width - 1) + "…";
    }

    private void totals(Sequential model) {
        long all = 0;
        long trainable = 0;
        if (model.isBuilt()) {
            for (WeightLayout.Slot slot : model.layout().slots()) {
                all += slot.size();
                trainable += slot.variable().role() == Variable.Role.TRAINABLE ? slot.size() : 0;
            }
        }
        lines.add(" Total params: " + counted(all));
        lines.add(" Trainable params: " + counted(trainable));
        lines.add(" Non-trainable params: " + counted(all - trainable));
    }

    private static String counted(long parameters) {
        double size = parameters * (double) BYTES_PER_NUMBER;
        int unit = 0;
        while (size >= 1024 && unit < UNITS.size() - 1) {
            size /= 1024;
            unit++;
        }
        return "%s (%s)".formatted(grouped(parameters), String.format(Locale.ROOT, "%.2f %s", size, UNITS.get(unit)));
    }

    private static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
