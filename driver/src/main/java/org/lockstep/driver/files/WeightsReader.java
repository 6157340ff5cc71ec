package org.lockstep.driver.files;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.lockstep.data.BadDataException;
import org.lockstep.executor.TrainState;
import org.lockstep.layers.Layer;
import org.lockstep.model.Model;
import org.lockstep.model.WeightLayout;
import org.lockstep.optimizers.Nadam;
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

    /** The most bytes that a weights file of this model can need: doubles, and room for its structure. */
    static long maxBytes(Model model, Optimizer optimizer) {
        WeightLayout layout = model.layout();
        long slots = optimizer.slots().size();
        long numbers = layout.length() + slots * layout.trainableLength();
        long objects = 1 + model.layers().size() + layout.slots().size() * (1 + slots);
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
        H5Group variables = optimizerVariables();
        return variables != null
                && variables.names().size()
                        == OptimizerVariables.of(optimizer, layout).count();
    }

    /**
     * Copies iterations, learning rate and slots. Nothing is copied where the file has no optimizer; slots stay where the
     * optimizer had not been built when the file was written.
     */
    void readOptimizer(Optimizer optimizer, TrainState state) {
        H5Group variables = optimizerVariables();
        if (variables == null) {
            return;
        }
        int received = variables.names().size();
        OptimizerVariables expected = OptimizerVariables.of(optimizer, layout);
        rates(variables, optimizer, state);
        if (received == expected.count()) {
            slots(variables, expected, state);
        } else if (received != expected.firstSlot() || state.iterations() != 0) {
            throw new IllegalArgumentException(
                    "Cannot read %s at %s: optimizer '%s' has %d variables whereas the saved optimizer has %d variables"
                            .formatted(
                                    root.file(), variables.path(), optimizer.className(), expected.count(), received));
        }
    }

    private @Nullable H5Group optimizerVariables() {
        H5Group group = root.find("optimizer");
        return group == null ? null : group.find("vars");
    }

    /** The configured rate where the file's is that rate as a float, or where a schedule gives it. */
    private static void rates(H5Group variables, Optimizer optimizer, TrainState state) {
        long iterations = variables.values("0").integer();
        boolean hasRate = optimizer.schedule() == null;
        float rate = hasRate ? variables.values("1").scalar() : 0;
        if (iterations < 0 || !(rate >= 0) || Float.isInfinite(rate)) {
            throw BadDataException.at(
                    variables.file(),
                    variables.path(),
                    "iteration %d and learning rate %s must be finite and not negative".formatted(iterations, rate));
        }
        state.progress(iterations, (float) optimizer.learningRate() == rate ? optimizer.learningRate() : rate);
    }

    private static void slots(H5Group variables, OptimizerVariables expected, TrainState state) {
        int first = expected.firstSlot();
        Nadam nadam = expected.nadam();
        if (nadam != null) {
            // The first versions of Keras 3 write the product before the slots.
            boolean isFirst = variables.values(Integer.toString(first)).hasShape(new int[0]);
            checkProduct(variables, isFirst ? first++ : expected.product(), nadam, state.iterations());
        }
        for (int i = 0; i < expected.slots().size(); i++) {
            SlotVariable variable = expected.slots().get(i);
            WeightLayout.Slot of = variable.of();
            H5Values values = shaped(variables, first + i, of, variable.toString());
            values.copyTo(state.slot(variable.slot()).slice(of.offset(), of.size()));
        }
    }

    /** Refuses a product of momenta that is not the one after so many updates, up to Keras's rounding at each of them. */
    private static void checkProduct(H5Group variables, int number, Nadam nadam, long iterations) {
        float found = variables.values(Integer.toString(number)).scalar();
        double product = nadam.momentumProduct(iterations);
        double allowed = product * 1e-6 * (10 + iterations) + Float.MIN_NORMAL;
        if (!(Math.abs(found - product) <= allowed)) {
            throw BadDataException.at(
                    variables.file(),
                    variables.path() + "/" + number,
                    "Nadam's product of momenta is %s, not %s as after iteration %d"
                            .formatted(found, (float) product, iterations));
        }
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
                visitor.visit(shaped(variables, v, slots.get(v), slots.get(v).path()), slots.get(v));
            }
        }
    }

    private static H5Values shaped(H5Group variables, int number, WeightLayout.Slot slot, String what) {
        H5Values values = variables.values(Integer.toString(number));
        int[] expected = slot.variable().shape().dimensions();
        if (!values.hasShape(expected)) {
            throw new IllegalArgumentException("Cannot read %s at %s: %s must have shape %s. Received: %s"
                    .formatted(
                            values.file(),
                            values.path(),
                            what,
                            Arrays.toString(expected),
                            Arrays.toString(values.shape())));
        }
        return values;
    }
}
