package org.lockstep.driver.files;

import io.jhdf.api.WritableGroup;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.lockstep.conf.CompileConf;
import org.lockstep.conf.json.LegacyJson;
import org.lockstep.executor.TrainState;
import org.lockstep.layers.Layer;
import org.lockstep.model.Model;
import org.lockstep.model.Sequential;
import org.lockstep.model.WeightLayout;
import org.lockstep.optimizers.Nadam;
import org.lockstep.optimizers.Optimizer;

/**
 * Writes whole models as Keras 3's {@code save_model_to_hdf5} does.
 *
 * <pre>
 *                           attributes keras_version, backend, model_config, training_config
 * model_weights             attributes layer_names, backend, keras_version
 * model_weights/dense       attribute weight_names
 * model_weights/dense/sequential/dense/kernel       float32, below the name of its layer by its own
 * model_weights/top_level_model_weights             empty
 * optimizer_weights         attribute weight_names; where the model is compiled
 * optimizer_weights/adam/iteration                  int64
 * optimizer_weights/adam/sequential_dense_kernel_momentum
 * </pre>
 */
final class LegacyWriter {

    /** Bytes of an attribute. */
    static final int LIMIT = 64_512;

    private static final String BACKEND = "tensorflow";

    private final Model model;
    private final WeightLayout layout;
    private final TrainState state;

    private LegacyWriter(SavedModel saved) {
        this.model = saved.model();
        this.layout = saved.model().layout();
        this.state = saved.state();
    }

    static void write(Path file, SavedModel saved) {
        CompileConf compile = saved.compiledNow();
        LegacyWriter writer = new LegacyWriter(saved);
        H5Output.write(file, (root, strings) -> {
            strings.put(root, "keras_version", KerasFile.KERAS_VERSION);
            strings.put(root, "backend", BACKEND);
            strings.put(root, "model_config", LegacyJson.write(saved.model()));
            WritableGroup weights = root.putGroup("model_weights");
            strings.put(weights, "backend", BACKEND);
            strings.put(weights, "keras_version", KerasFile.KERAS_VERSION);
            writer.layers(weights);
            if (compile != null) {
                strings.put(root, "training_config", LegacyJson.write(compile));
                writer.optimizer(root.putGroup("optimizer_weights"), compile.optimizer());
            }
        });
    }

    /** A weight's name in the files of Keras, in which a Sequential's name stands before those of its layers. */
    static String path(Model model, WeightLayout.Slot slot) {
        return model instanceof Sequential ? model.name() + "/" + slot.path() : slot.path();
    }

    private void layers(WritableGroup into) {
        putNames(into, "layer_names", model.layers().stream().map(Layer::name).toList());
        for (int i = 0; i < model.layers().size(); i++) {
            WritableGroup group = groupAt(into, model.layers().get(i).name());
            List<WeightLayout.Slot> slots = layout.ofLayer(i);
            putNames(
                    group,
                    "weight_names",
                    slots.stream().map(slot -> path(model, slot)).toList());
            slots.forEach(slot -> put(group, path(model, slot), numbers(slot, state.weights())));
        }
        putNames(into.putGroup("top_level_model_weights"), "weight_names", List.of());
    }

    private void optimizer(WritableGroup into, Optimizer optimizer) {
        String scope = optimizer.config().get("name") + "/";
        OptimizerVariables variables = OptimizerVariables.of(optimizer, layout);
        List<String> names = new ArrayList<>();
        names.add(put(into, scope + "iteration", state.iterations()));
        if (variables.hasRate()) {
            names.add(put(into, scope + "learning_rate", (float) state.learningRate()));
        }
        for (SlotVariable variable : variables.slots()) {
            String of = path(model, variable.of()).replace('/', '_');
            Object numbers = numbers(variable.of(), state.slot(variable.slot()));
            names.add(put(into, scope + of + "_" + variable.slot(), numbers));
        }
        Nadam nadam = variables.nadam();
        if (nadam != null) {
            names.add(put(into, "variable", (float) nadam.momentumProduct(state.iterations())));
        }
        putNames(into, "weight_names", names);
    }

    private static Object numbers(WeightLayout.Slot slot, FloatBuffer vector) {
        return Nested.arrays(slot.variable().shape().dimensions(), vector.slice(slot.offset(), slot.size()));
    }

    /** Puts a dataset at a path, which it returns. */
    private static String put(WritableGroup into, String path, Object numbers) {
        int slash = path.lastIndexOf('/');
        WritableGroup group = slash < 0 ? into : groupAt(into, path.substring(0, slash));
        group.putDataset(path.substring(slash + 1), numbers);
        return path;
    }

    /** The group at a path, made where it is missing. */
    private static WritableGroup groupAt(WritableGroup from, String path) {
        WritableGroup group = from;
        for (String name : path.split("/")) {
            group = group.getChild(name) instanceof WritableGroup found ? found : group.putGroup(name);
        }
        return group;
    }

    /** An attribute of texts, in pieces name0, name1, … of about equal length where it would be too long. */
    static void putNames(WritableGroup group, String name, List<String> texts) {
        if (texts.isEmpty()) {
            group.getAttributes().put(name, RawAttribute.empty(group, name));
            return;
        }
        int width = texts.stream()
                .mapToInt(text -> 1 + text.getBytes(StandardCharsets.UTF_8).length)
                .max()
                .orElseThrow();
        if (width > LIMIT) {
            throw new IllegalArgumentException(
                    "The following attributes cannot be saved to HDF5 file because they are larger than %d bytes: %s"
                            .formatted(LIMIT, name));
        }
        int most = LIMIT / width;
        int pieces = (texts.size() + most - 1) / most;
        for (int i = 0; i < pieces; i++) {
            int from = (int) ((long) texts.size() * i / pieces);
            int to = (int) ((long) texts.size() * (i + 1) / pieces);
            String[] piece = texts.subList(from, to).toArray(String[]::new);
            group.putAttribute(pieces == 1 ? name : name + i, piece);
        }
    }
}
