package org.lockstep.driver.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lockstep.conf.CompileConf;
import org.lockstep.conf.json.Json;
import org.lockstep.data.BadDataException;
import org.lockstep.executor.TrainState;
import org.lockstep.keras.NotSupportedException;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Input;
import org.lockstep.losses.Loss;
import org.lockstep.model.Sequential;
import org.lockstep.optimizers.Adam;
import org.lockstep.optimizers.Nadam;
import org.lockstep.optimizers.Optimizer;
import org.lockstep.optimizers.RMSprop;
import org.lockstep.optimizers.SGD;
import org.lockstep.optimizers.schedules.ExponentialDecay;

/** Whole models in Keras's older format: Keras 3's files, those of {@code legacy_fixtures.py}, and Lockstep's. */
class LegacyFileTest {

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"adam", "sgd", "uncompiled", "trained"})
    void fileOfKeras_isReadAsTheSameModelsNewerFile(String name) {
        same(KerasFile.load(Fixtures.path(name + ".h5")), KerasFile.load(Fixtures.path(name + ".keras")));
    }

    @ParameterizedTest
    @CsvSource({
        "adam, h5",
        "amsgrad, hdf5",
        "rmsprop, h5",
        "sgd, weights.h5",
        "uncompiled, h5",
        "graph, h5",
        "trained, h5"
    })
    void writtenFile_isReadToTheBit(String name, String suffix) {
        SavedModel saved = KerasFile.load(Fixtures.path(name + ".keras"));
        String file = file("a." + suffix);
        KerasFile.save(file, saved);
        same(KerasFile.load(file), saved);
    }

    static Stream<Optimizer> optimizers() {
        return Stream.of(
                SGD.of(0.5).momentum(0.9),
                SGD.of().learningRate(ExponentialDecay.of(0.5, 2, 0.5)),
                Adam.of().learningRate(ExponentialDecay.of(0.5, 2, 0.5)),
                RMSprop.of().centered(true),
                Nadam.of());
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void optimizersState_isReadToTheBit(Optimizer optimizer) {
        Sequential model = Sequential.of(Input.of(2), Dense.of(1));
        TrainState state = TrainState.initial(model, optimizer, 1);
        state.iterations(3);
        float number = 1;
        for (FloatBuffer slot : state.slots().values()) {
            slot.put(0, new float[] {number++, number++, number++});
        }
        SavedModel saved = new SavedModel(model, CompileConf.of(optimizer, Loss.of("mse")), state);
        KerasFile.save(file("a.h5"), saved);
        same(KerasFile.load(file("a.h5")), saved);
    }

    @Test
    void oldLearningRate_isWrittenWithTheState() {
        SavedModel saved = Fixtures.saved("a", Adam.of());
        KerasFile.save(file("a.h5"), saved);
        SavedModel read = KerasFile.load(file("a.h5"));
        assertThat(read.state().learningRate()).isEqualTo(Fixtures.LEARNING_RATE);
    }

    @Test
    void compileFalse_leavesTheModelUncompiled() {
        SavedModel read = KerasFile.load(Fixtures.path("adam.h5"), false);
        assertThat(read.compile()).isNull();
        assertThat(read.state().slots()).isEmpty();
        SavedModel newer = KerasFile.load(Fixtures.path("adam.keras"), false);
        same(read, newer);
    }

    @Test
    void weights_ofAWholeModelAndOfWeightsAlone_areRead() {
        SavedModel into = fresh();
        SavedModel whole = KerasFile.loadWeights(Fixtures.path("adam.h5"), into);
        SavedModel expected = KerasFile.load(Fixtures.path("adam.h5"));
        assertThat(whole.state().weights()).isEqualTo(expected.state().weights());
        assertThat(whole.state().iterations()).as("the optimizer stays").isZero();
        assertThat(into.state().weights().get(0)).as("the model given").isZero();
        // Keras 2's save_weights: the group model_weights alone.
        Path alone = folder.resolve("alone.h5");
        LegacyFixtures.write(alone, root -> LegacyFixtures.weights(root, "dense", new float[][] {{1}, {2}}, 3));
        Sequential model = Sequential.of(Input.of(2), Dense.of(1));
        SavedModel zeros = new SavedModel(model, null, TrainState.create(model.layout(), SGD.of()));
        TrainState read = KerasFile.loadWeights(alone.toString(), zeros).state();
        assertThat(read.weights()).isEqualTo(FloatBuffer.wrap(new float[] {1, 2, 3}));
    }

    /** Layers, weights and variables by the names that Keras 3 gives them; the model's own name begins with its class's. */
    @Test
    void written_hasTheNamesOfKeras() {
        SavedModel saved = Fixtures.saved("sequential", SGD.of().momentum(0.9));
        KerasFile.save(file("a.h5"), saved);
        H5Group.read(folder.resolve("a.h5"), "a", root -> {
            H5Group weights = root.child("model_weights");
            assertThat(H5Attributes.texts(weights, "layer_names"))
                    .containsExactlyElementsOf(saved.model().layers().stream()
                            .map(layer -> String.valueOf(layer.name()))
                            .toList());
            assertThat(H5Attributes.texts(weights.child("batch_normalization"), "weight_names"))
                    .containsExactly(
                            "sequential/batch_normalization/gamma",
                            "sequential/batch_normalization/beta",
                            "sequential/batch_normalization/moving_mean",
                            "sequential/batch_normalization/moving_variance");
            assertThat(weights.valuesAt("odd/sequential/odd/kernel").shape()).containsExactly(2, 2, 3, 4);
            assertThat(H5Attributes.texts(weights.child("flatten"), "weight_names"))
                    .isEmpty();
            assertThat(H5Attributes.texts(weights.child("top_level_model_weights"), "weight_names"))
                    .isEmpty();
            H5Group optimizer = root.child("optimizer_weights");
            assertThat(H5Attributes.texts(optimizer, "weight_names"))
                    .startsWith(
                            "SGD/iteration",
                            "SGD/learning_rate",
                            "SGD/sequential_conv2d_kernel_momentum",
                            "SGD/sequential_conv2d_bias_momentum",
                            "SGD/sequential_batch_normalization_gamma_momentum");
            assertThat(H5Attributes.text(root, "keras_version")).startsWith("3.");
            assertThat(H5Attributes.text(weights, "backend")).isEqualTo("tensorflow");
            assertThat(List.of(root.valuesAt("optimizer_weights/SGD/iteration").integer()))
                    .containsExactly(Fixtures.ITERATIONS);
            return true;
        });
    }

    /** But for what newer versions of Keras added, and for the compiler's flag. */
    @ParameterizedTest
    @CsvSource({"adam, sequential", "trained, graph"})
    void written_hasTheConfigurationsOfKeras(String name, String kind) {
        KerasFile.save(file("a.h5"), KerasFile.load(Fixtures.path(name + ".h5")));
        for (String attribute : List.of("model_config", "training_config")) {
            Object ours = H5Group.read(folder.resolve("a.h5"), "a", root -> parsed(root, attribute));
            Object keras = H5Group.read(Path.of(Fixtures.path(name + ".h5")), "k", root -> parsed(root, attribute));
            assertThat(ours).as(kind + " " + attribute).isEqualTo(keras);
        }
    }

    private static Object parsed(H5Group root, String attribute) {
        return known(Json.parse(String.valueOf(H5Attributes.text(root, attribute))));
    }

    private static final List<String> NEWER = List.of(
            "ragged",
            "optional",
            "input_axes",
            "output_axes",
            "renorm",
            "renorm_clipping",
            "renorm_momentum",
            "quantization_config",
            "jit_compile",
            "lora_alpha",
            "lora_rank");

    private static Object known(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> known = new TreeMap<>();
            map.forEach((key, entry) -> {
                boolean isOptimizersName = key.equals("name") && map.containsKey("learning_rate");
                if (!NEWER.contains(key) && !isOptimizersName) {
                    known.put(String.valueOf(key), known(entry));
                }
            });
            return known;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(LegacyFileTest::known).toList();
        }
        return value == null ? "None" : value;
    }

    /** 6,000 names of 12 bytes are more than the 64,512 that an attribute may have. */
    @Test
    void longAttributes_areSplit() {
        Path file = folder.resolve("long.h5");
        List<String> names =
                IntStream.range(0, 6000).mapToObj("layer_%05d"::formatted).toList();
        H5Output.write(file, root -> {
            LegacyWriter.putNames(root, "layer_names", names);
            LegacyWriter.putNames(root, "few", List.of("å", "b"));
        });
        H5Group.read(file, "long", root -> {
            assertThat(root.group().getAttributes()).containsOnlyKeys("layer_names0", "layer_names1", "few");
            assertThat(H5Attributes.texts(root, "layer_names")).isEqualTo(names);
            assertThat(H5Attributes.texts(root, "few")).containsExactly("å", "b");
            assertThat(H5Attributes.texts(root, "none")).isEmpty();
            return true;
        });
    }

    @Test
    void longTexts_areWrittenWhole() {
        Path file = folder.resolve("long.h5");
        String text = "\u00e5b".repeat(100_000);
        H5Output.write(file, (root, strings) -> {
            strings.put(root, "first", "1");
            strings.put(root.putGroup("inner"), "long", text);
        });
        H5Group.read(file, "long", root -> {
            assertThat(H5Attributes.text(root, "first")).isEqualTo("1");
            assertThat(H5Attributes.text(root, "absent")).isNull();
            assertThat(H5Attributes.text(root.child("inner"), "long")).isEqualTo(text);
            return true;
        });
    }

    @Test
    void otherFiles_areRefusedInKerasWords() {
        SavedModel saved = Fixtures.saved("sgd", SGD.of());
        String weights = file("a.weights.h5");
        KerasFile.saveWeights(weights, saved);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KerasFile.load(weights))
                .withMessage("No model config found in the file at " + weights + ".");
        assertThatThrownBy(() -> KerasFile.loadWeights(Fixtures.path("trained.h5"), saved))
                .hasMessageMatching("Cannot read .*trained.h5: Layer count mismatch when loading weights from file. "
                        + "Model expected 5 layers, found \\d+ saved layers.");
    }

    /** Whatever the damage, the answer is a refusal that names the file, or a model. */
    @Test
    void damagedFiles_neverEndOtherwise() throws IOException {
        Path whole = folder.resolve("whole.h5");
        KerasFile.save(whole.toString(), Fixtures.saved("broken", SGD.of()));
        byte[] bytes = Files.readAllBytes(whole);
        Path file = folder.resolve("damaged.h5");
        int refused = 0;
        for (int place = 0; place < bytes.length; place += 17) {
            byte[] damaged = bytes.clone();
            damaged[place] = (byte) (place % 2 == 0 ? 0xFF : bytes[place] ^ 0x10);
            Files.write(file, damaged);
            refused += isRefused(file) ? 1 : 0;
        }
        assertThat(refused).isGreaterThan(50);
        for (int length = 0; length < bytes.length; length += 499) {
            Files.write(file, Arrays.copyOf(bytes, length));
            assertThat(isRefused(file)).as("cut at %d", length).isTrue();
        }
    }

    private static boolean isRefused(Path file) {
        try {
            KerasFile.load(file.toString());
            return false;
        } catch (BadDataException | IllegalArgumentException | NotSupportedException e) {
            assertThat(e).hasMessageContaining(file.toString());
            return true;
        }
    }

    private static void same(SavedModel read, SavedModel expected) {
        assertThat(read.model()).isEqualTo(expected.model());
        assertThat(read.compile()).isEqualTo(expected.compile());
        assertThat(read.state().sha256()).isEqualTo(expected.state().sha256());
    }

    private static SavedModel fresh() {
        SavedModel saved = Fixtures.saved("adam", Adam.of());
        TrainState state = TrainState.create(saved.model().layout(), Adam.of());
        return new SavedModel(saved.model(), saved.compile(), state);
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }
}
