package org.lockstep.driver.files;

import io.jhdf.api.WritableGroup;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Files in the structure of Keras 2 and tf.keras 2, whose texts h5py 2 wrote with a fixed length. */
final class LegacyFixtures {

    private LegacyFixtures() {}

    static void write(Path file, Consumer<WritableGroup> content) {
        H5Output.write(file, content);
    }

    /** A file of a model with one Dense(1), named {@code dense}, on two inputs. */
    static void write(Path file, String modelConfig, String trainingConfig, Consumer<WritableGroup> more) {
        write(file, root -> {
            root.putAttribute("keras_version", "2.9.0");
            root.putAttribute("backend", "tensorflow");
            root.putAttribute("model_config", modelConfig);
            if (!trainingConfig.isEmpty()) {
                root.putAttribute("training_config", trainingConfig);
            }
            weights(root.putGroup("model_weights"), "dense", new float[][] {{1}, {2}}, 3);
            more.accept(root);
        });
    }

    /** The content of {@code model_weights}: a layer without weights and a Dense(1). */
    static void weights(WritableGroup group, String layer, float[][] kernel, float... bias) {
        group.putAttribute("layer_names", new String[] {"dropout", layer});
        group.putAttribute("backend", "tensorflow");
        group.putAttribute("keras_version", "2.9.0");
        LegacyWriter.putNames(group.putGroup("dropout"), "weight_names", List.of());
        WritableGroup dense = group.putGroup(layer);
        dense.putAttribute("weight_names", new String[] {layer + "/kernel:0", layer + "/bias:0"});
        WritableGroup inner = dense.putGroup(layer);
        inner.putDataset("kernel:0", kernel);
        inner.putDataset("bias:0", bias);
    }

    /** The content of {@code optimizer_weights}: variables in this order. */
    static void optimizer(WritableGroup root, Object... variables) {
        WritableGroup group = root.putGroup("optimizer_weights");
        List<String> names = new ArrayList<>();
        for (int i = 0; i < variables.length; i++) {
            group.putDataset("v" + i + ":0", variables[i]);
            names.add("v" + i + ":0");
        }
        group.putAttribute("weight_names", names.toArray(String[]::new));
    }
}
