package org.lockstep.driver.files;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.lockstep.conf.CompileConf;
import org.lockstep.conf.json.LegacyJson;
import org.lockstep.data.BadDataException;
import org.lockstep.executor.TrainState;
import org.lockstep.keras.NotSupportedException;
import org.lockstep.model.Model;
import org.lockstep.model.WeightLayout;
import org.lockstep.optimizers.Optimizer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads Keras's older {@code .h5} files, those of Keras 2 and what {@link LegacyWriter} and Keras 3 write. */
final class LegacyReader {

    private static final Logger LOG = LoggerFactory.getLogger(LegacyReader.class);

    private LegacyReader() {}

    /** Reads a whole model, and how it was compiled where {@code compiles} says so. */
    static SavedModel load(Path h5, String file, boolean compiles) {
        return H5Group.read(h5, file, root -> {
            String config = H5Attributes.text(root, "model_config");
            if (config == null) {
                throw new IllegalArgumentException("No model config found in the file at " + file + ".");
            }
            Model model = parsed(file, "model_config", () -> LegacyJson.model(config));
            KerasFile.checkBuilt(model, file);
            LegacyWeights weights = LegacyWeights.of(root.child("model_weights"), model);
            CompileConf compile = compiles ? compile(root) : null;
            TrainState state = TrainState.create(model.layout(), KerasFile.optimizer(compile));
            weights.copyTo(state);
            if (compile != null) {
                state = trained(root, compile.optimizer(), model.layout(), state);
            }
            return new SavedModel(model, compile, state);
        });
    }

    /** A copy of a model's state with the weights of a file, of a whole model's or of weights alone. */
    static TrainState loadWeights(Path h5, String file, SavedModel into) {
        return H5Group.read(h5, file, root -> {
            boolean isWhole = H5Attributes.texts(root, "layer_names").isEmpty() && root.find("model_weights") != null;
            H5Group group = isWhole ? root.child("model_weights") : root;
            LegacyWeights weights = LegacyWeights.of(group, into.model());
            TrainState state = into.state().copy();
            weights.copyTo(state);
            return state;
        });
    }

    private static @Nullable CompileConf compile(H5Group root) {
        String config = H5Attributes.text(root, "training_config");
        if (config == null) {
            LOG.warn(
                    "{}: No training configuration found in the save file, so the model was *not* compiled. "
                            + "Compile it manually.",
                    root.file());
            return null;
        }
        return parsed(root.file(), "training_config", () -> LegacyJson.compile(config));
    }

    private static <T> T parsed(String file, String attribute, Supplier<T> parsing) {
        String place = "Cannot read " + file + " at " + attribute + ": ";
        try {
            return parsing.get();
        } catch (NotSupportedException e) {
            NotSupportedException placed = new NotSupportedException(place + e.getMessage());
            placed.initCause(e);
            throw placed;
        } catch (IllegalArgumentException e) {
            throw new BadDataException(place + e.getMessage(), e);
        }
    }

    /** The state with the optimizer's variables; without them where the file's are not those of Keras 3's optimizer. */
    private static TrainState trained(H5Group root, Optimizer optimizer, WeightLayout layout, TrainState state) {
        H5Group group = root.find("optimizer_weights");
        if (group == null) {
            return state;
        }
        List<String> names = H5Attributes.texts(group, "weight_names");
        OptimizerVariables expected = OptimizerVariables.of(optimizer, layout);
        TrainState trained = state.copy();
        if (names.size() == 1 && expected.slots().isEmpty()) {
            // Keras 2's SGD, which has no learning rate among its variables.
            trained.progress(group.valuesAt(names.get(0)).integer(), optimizer.learningRate());
            return trained;
        }
        String reason = "it has " + names.size() + " variables";
        if (beginsAsKeras3(group, names, expected)) {
            try {
                new OptimizerReader(group.file(), group.path(), names.size(), i -> group.valuesAt(names.get(i)))
                        .read(optimizer, layout, trained);
                return trained;
            } catch (IllegalArgumentException e) {
                reason = e.getMessage();
            }
        }
        LOG.warn(
                "{}: Error in loading the saved optimizer state. As a result, your model is starting with a freshly "
                        + "initialized optimizer. {}",
                root.file(),
                reason);
        return state;
    }

    /** Whether there are scalars where Keras 3 has the iteration and the learning rate. */
    private static boolean beginsAsKeras3(H5Group group, List<String> names, OptimizerVariables expected) {
        int[] scalar = {};
        return names.size() >= expected.firstSlot()
                && names.stream()
                        .limit(expected.firstSlot())
                        .allMatch(name -> group.valuesAt(name).hasShape(scalar));
    }
}
