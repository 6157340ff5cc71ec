package org.lockstep.driver.files;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.lockstep.data.BadDataException;
import org.lockstep.executor.TrainState;
import org.lockstep.layers.Layer;
import org.lockstep.model.Model;
import org.lockstep.model.WeightLayout;
import org.lockstep.optimizers.Optimizer;

/** Reads what {@link WeightsWriter} and Keras 3 write into a state; every shape is checked before a number is copied. */
final class WeightsReader {

    /** Generous for the headers, attributes and links of one object. */
    private static final long OBJECT_BYTES = 1 << 15;

    private final H5Group root;
    private final Model model;
    private final WeightLayout layout;

    private WeightsReader(H5Group root, Model model) {
        this.root = root;
        this.model = model;
        this.layout = model.layout();
    }

    /**
     * Opens a weights file of a model.
     *
     * @param file for messages
     */
    static <T> T read(Path h5, String file, Model model, Function<WeightsReader, T> reader) {
        return H5Group.read(h5, file, root -> reader.apply(new WeightsReader(root, model)));
    }

    /**
     * The most bytes that a weights file of this model can need: doubles, and room for its structure.
     *
     * @param slots the optimizer's for each variable
     */
    static long maxBytes(Model model, int slots) {
        WeightLayout layout = model.layout();
        long numbers = layout.length() + (long) slots * layout.trainableLength();
        long objects = 1 + model.layers().size() + layout.slots().size() * (1L + slots);
        return numbers * Double.BYTES + (1 + objects) * OBJECT_BYTES;
    }

    /** Refuses the file unless it has all of the model's weights. */
    void checkLayers() {
        if (layout.length() > root.bytes() / Float.BYTES) {
            throw new BadDataException("Cannot read %s: its %d bytes cannot hold the model's %d weights"
                    .formatted(root.file(), root.bytes(), layout.length()));
        }
        forEachVariable((values, slot) -> {});
    }

    /** Copies the weights. */
    void readLayers(TrainState state) {
        FloatBuffer weights = state.weights();
        forEachVariable((values, slot) -> values.copyTo(weights.slice(slot.offset(), slot.size())));
    }

    /** Whether the file has the state of such an optimizer. */
    boolean fits(Optimizer optimizer) {
        OptimizerReader reader = optimizer();
        return reader != null && reader.fits(optimizer, layout);
    }

    /** Copies iterations, learning rate and slots; nothing where the file has no optimizer. */
    void readOptimizer(Optimizer optimizer, TrainState state) {
        OptimizerReader reader = optimizer();
        if (reader != null) {
            reader.read(optimizer, layout, state);
        }
    }

    private @Nullable OptimizerReader optimizer() {
        H5Group group = root.find("optimizer");
        H5Group variables = group == null ? null : group.find("vars");
        return variables == null
                ? null
                : new OptimizerReader(
                        variables.file(),
                        variables.path(),
                        variables.names().size(),
                        number -> variables.values(Integer.toString(number)));
    }

    private interface Visitor {
        void visit(H5Values values, WeightLayout.Slot slot);
    }

    private void forEachVariable(Visitor visitor) {
        H5Group groups = root.child("layers");
        List<Layer> layers = model.layers();
        List<String> names = GroupNames.of(layers);
        for (int i = 0; i < layers.size(); i++) {
            List<WeightLayout.Slot> slots = layout.ofLayer(i);
            H5Group group = groups.find(names.get(i));
            H5Group variables = group == null ? null : group.find("vars");
            Set<String> received = variables == null ? Set.of() : variables.names();
            if (received.size() != slots.size()) {
                throw new IllegalArgumentException(
                        "Cannot read %s at layers/%s: Layer '%s' expected %d variables, but received %d variables during loading. Expected: %s"
                                .formatted(
                                        root.file(),
                                        names.get(i),
                                        layers.get(i).name(),
                                        slots.size(),
                                        received.size(),
                                        slots.stream()
                                                .map(slot -> slot.variable().name())
                                                .toList()));
            }
            for (int v = 0; variables != null && v < slots.size(); v++) {
                H5Values values = variables.values(Integer.toString(v));
                values.checkShape(slots.get(v), slots.get(v).path());
                visitor.visit(values, slots.get(v));
            }
        }
    }
}
