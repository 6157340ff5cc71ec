package org.lockstep.driver.files;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lockstep.data.BadDataException;
import org.lockstep.executor.TrainState;
import org.lockstep.model.Model;
import org.lockstep.model.WeightLayout;

/**
 * The weights in a group of Keras's older files. Layers that have any are paired with the model's in their order, and so
 * are the weights of each, whatever their names; every shape is checked before a number is copied.
 */
final class LegacyWeights {

    /** A variable of the model and what the file has for it. */
    private record Pair(WeightLayout.Slot slot, H5Values values) {}

    private final H5Group group;
    private final Model model;
    private final List<Pair> pairs = new ArrayList<>();

    private LegacyWeights(H5Group group, Model model) {
        this.group = group;
        this.model = model;
    }

    /** Refuses the file unless it has all of the model's weights and no others. */
    static LegacyWeights of(H5Group group, Model model) {
        LegacyWeights weights = new LegacyWeights(group, model);
        WeightLayout layout = model.layout();
        if (layout.length() > group.bytes() / Float.BYTES) {
            throw new BadDataException("Cannot read %s: its %d bytes cannot hold the model's %d weights"
                    .formatted(group.file(), group.bytes(), layout.length()));
        }
        weights.pair(layout);
        return weights;
    }

    void copyTo(TrainState state) {
        FloatBuffer vector = state.weights();
        pairs.forEach(pair -> pair.values()
                .copyTo(vector.slice(pair.slot().offset(), pair.slot().size())));
    }

    private void pair(WeightLayout layout) {
        List<List<WeightLayout.Slot>> layers = IntStream.range(0, model.layers().size())
                .mapToObj(layout::ofLayer)
                .filter(slots -> !slots.isEmpty())
                .toList();
        List<H5Group> saved = H5Attributes.texts(group, "layer_names").stream()
                .map(group::groupAt)
                .filter(layer -> !names(layer).isEmpty())
                .toList();
        if (layers.size() != saved.size()) {
            throw refused(
                    "Layer count mismatch when loading weights from file. Model expected %d layers, found %d saved layers."
                            .formatted(layers.size(), saved.size()));
        }
        for (int i = 0; i < layers.size(); i++) {
            pair(i, layers.get(i), saved.get(i));
        }
        H5Group top = group.find("top_level_model_weights");
        if (top != null && !names(top).isEmpty()) {
            throw refused("Weight count mismatch for top-level weights when loading weights from file. "
                    + "Model expects 0 top-level weight(s). Received %d saved top-level weight(s)"
                            .formatted(names(top).size()));
        }
    }

    private void pair(int number, List<WeightLayout.Slot> slots, H5Group saved) {
        List<String> names = names(saved);
        String layer = slots.get(0).layerName();
        if (names.size() != slots.size()) {
            throw refused(
                    "Weight count mismatch for layer #%d (named %s in the current model, %s in the save file). Layer expects %d weight(s). Received %d saved weight(s)"
                            .formatted(number, layer, nameOf(saved), slots.size(), names.size()));
        }
        for (int i = 0; i < slots.size(); i++) {
            WeightLayout.Slot slot = slots.get(i);
            H5Values values = saved.valuesAt(names.get(i));
            int[] expected = slot.variable().shape().dimensions();
            if (!values.hasShape(expected)) {
                throw refused(
                        "Shape mismatch in layer #%d (named %s) for weight %s. Weight expects shape %s. Received saved weight with shape %s"
                                .formatted(
                                        number,
                                        layer,
                                        LegacyWriter.path(model, slot),
                                        tuple(expected),
                                        tuple(values.shape())));
            }
            pairs.add(new Pair(slot, values));
        }
    }

    private String nameOf(H5Group saved) {
        return group.path().isEmpty()
                ? saved.path()
                : saved.path().substring(group.path().length() + 1);
    }

    private static List<String> names(H5Group group) {
        return H5Attributes.texts(group, "weight_names");
    }

    private IllegalArgumentException refused(String reason) {
        return new IllegalArgumentException("Cannot read " + group.file() + ": " + reason);
    }

    /** A shape as Python prints it. */
    private static String tuple(int[] shape) {
        String numbers = IntStream.of(shape).mapToObj(Integer::toString).collect(Collectors.joining(", "));
        return shape.length == 1 ? "(" + numbers + ",)" : "(" + numbers + ")";
    }
}
