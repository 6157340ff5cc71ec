package org.lockstep.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.lockstep.layers.Layer;
import org.lockstep.layers.Shape;
import org.lockstep.layers.Variable;

/** The table of a model's layers as Keras 3 prints it on a terminal of 80 columns without colours. */
final class Summary {

    private static final List<String> UNITS = List.of("B", "KB", "MB", "GB", "TB");
    private static final int BYTES_PER_NUMBER = 4;

    private final List<String> lines = new ArrayList<>();
    private final List<Column> columns;

    /** A column of the table; {@code width} in characters, without the blanks beside. */
    private record Column(String title, int width, boolean right) {}

    private Summary(List<Column> columns) {
        this.columns = columns;
    }

    static String of(Model model) {
        boolean branched = Connections.areNeeded(model);
        Summary summary = new Summary(branched ? branched() : plain());
        summary.lines.add("Model: \"" + model.name() + "\"");
        summary.table(rows(model, branched));
        summary.totals(model);
        return String.join("\n", summary.lines);
    }

    private static List<Column> plain() {
        return List.of(
                new Column("Layer (type)", 31, false),
                new Column("Output Shape", 22, false),
                new Column("Param #", 13, true));
    }

    private static List<Column> branched() {
        return List.of(
                new Column("Layer (type)", 19, false),
                new Column("Output Shape", 17, false),
                new Column("Param #", 10, true),
                new Column("Connected to", 17, false));
    }

    private static List<List<String>> rows(Model model, boolean branched) {
        List<List<String>> rows = new ArrayList<>();
        if (!model.isBuilt()) {
            model.layers().forEach(layer -> rows.add(List.of(title(layer), "?", "0 (unbuilt)")));
            return rows;
        }
        WeightLayout layout = model.layout();
        List<Shape> shapes = model.shapes();
        for (int layer = 0; layer < model.layers().size(); layer++) {
            int last = lastCall(model, layer);
            List<String> row = new ArrayList<>();
            row.add(title(model.layers().get(layer)));
            row.add(shape(shapes.get(last + 1)));
            row.add(grouped(layout.ofLayer(layer).stream()
                    .mapToLong(WeightLayout.Slot::size)
                    .sum()));
            if (branched) {
                row.add(Connections.of(model, layer));
            }
            rows.add(row);
        }
        return rows;
    }

    private static String title(Layer layer) {
        return "%s (%s)".formatted(layer.name(), layer.className());
    }

    /** −1 for a layer that is not called: the input. */
    private static int lastCall(Model model, int layer) {
        int last = -1;
        for (int i = 0; i < model.calls().size(); i++) {
            last = model.calls().get(i).layer() == layer ? i : last;
        }
        return last;
    }

    /** As Keras prints a shape, without Python's comma after a single dimension. */
    private static String shape(Shape shape) {
        return shape.toString().replace(",)", ")");
    }

    private void table(List<List<String>> rows) {
        lines.add(border('┏', '━', '┳', '┓'));
        row(columns.stream().map(Column::title).toList(), '┃');
        lines.add(border('┡', '━', '╇', '┩'));
        for (int i = 0; i < rows.size(); i++) {
            if (i > 0) {
                lines.add(border('├', '─', '┼', '┤'));
            }
            row(rows.get(i), '│');
        }
        lines.add(border('└', '─', '┴', '┘'));
    }

    private String border(char left, char line, char cross, char right) {
        return columns.stream()
                .map(column -> Character.toString(line).repeat(column.width() + 2))
                .collect(Collectors.joining(Character.toString(cross), Character.toString(left), "" + right));
    }

    private void row(List<String> cells, char bar) {
        List<List<String>> wrapped = new ArrayList<>();
        int height = 0;
        for (int i = 0; i < columns.size(); i++) {
            List<String> cell = wrap(cells.get(i), columns.get(i).width());
            height = Math.max(height, cell.size());
            wrapped.add(cell);
        }
        for (int line = 0; line < height; line++) {
            StringBuilder text = new StringBuilder().append(bar);
            for (int i = 0; i < columns.size(); i++) {
                String part = line < wrapped.get(i).size() ? wrapped.get(i).get(line) : "";
                String blank = " ".repeat(columns.get(i).width() - part.length());
                boolean right = columns.get(i).right();
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

    private void totals(Model model) {
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
