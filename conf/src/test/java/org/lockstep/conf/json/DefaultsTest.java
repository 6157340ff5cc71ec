package org.lockstep.conf.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lockstep.activations.Activation;
import org.lockstep.constraints.Constraint;
import org.lockstep.initializers.Constant;
import org.lockstep.initializers.Initializer;
import org.lockstep.keras.KerasObject;
import org.lockstep.keras.NotSupportedException;
import org.lockstep.layers.ActivationLayer;
import org.lockstep.layers.AveragePooling2D;
import org.lockstep.layers.BatchNormalization;
import org.lockstep.layers.Conv2D;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Dropout;
import org.lockstep.layers.Flatten;
import org.lockstep.layers.GlobalAveragePooling2D;
import org.lockstep.layers.MaxPooling2D;
import org.lockstep.losses.Loss;
import org.lockstep.metrics.Accuracy;
import org.lockstep.metrics.Accuracy.Kind;
import org.lockstep.metrics.Metric;
import org.lockstep.optimizers.Optimizer;
import org.lockstep.regularizers.Regularizer;

/** Names, arguments and defaults against the lists that real Keras gave. */
class DefaultsTest {

    private static final Map<String, @Nullable Object> KERAS = Json.parseObject(Fixture.text("defaults.json"));

    static Stream<KerasObject> objects() {
        return Stream.concat(
                Stream.of(
                        Conv2D.of(1, 1),
                        Dense.of(1),
                        MaxPooling2D.of(),
                        AveragePooling2D.of(),
                        GlobalAveragePooling2D.of(),
                        Flatten.of(),
                        Dropout.of(0.5),
                        ActivationLayer.of("relu"),
                        BatchNormalization.of(),
                        new Constant(0.5)),
                Stream.of(
                                Stream.of("Zeros", "Ones", "RandomNormal", "RandomUniform", "TruncatedNormal")
                                        .map(Initializer::of),
                                Stream.of("VarianceScaling", "GlorotUniform", "GlorotNormal", "HeUniform", "HeNormal")
                                        .map(Initializer::of),
                                Stream.of("LecunUniform", "LecunNormal", "Orthogonal")
                                        .map(Initializer::of),
                                Stream.of("L1", "L2", "L1L2", "OrthogonalRegularizer")
                                        .map(Regularizer::of),
                                Stream.of("MaxNorm", "UnitNorm", "MinMaxNorm", "NonNeg")
                                        .map(Constraint::of),
                                Stream.of("CategoricalCrossentropy", "SparseCategoricalCrossentropy")
                                        .map(Loss::of),
                                Stream.of("BinaryCrossentropy", "MeanSquaredError")
                                        .map(Loss::of),
                                Stream.of(Kind.BINARY, Kind.CATEGORICAL, Kind.SPARSE_CATEGORICAL)
                                        .map(Accuracy::of),
                                Stream.of("SGD", "Adam", "RMSprop").map(Optimizer::of))
                        .flatMap(stream -> stream)
                        .map(Objects::requireNonNull));
    }

    @ParameterizedTest
    @MethodSource("objects")
    void toPlain_ofDefaults_isWhatKerasWrites(KerasObject value) {
        Map<String, @Nullable Object> keras = Plain.object("objects", KERAS.get("objects"));

        assertThat(Fixture.rounded(KerasJson.toPlain(value))).isEqualTo(Fixture.rounded(keras.get(value.className())));
    }

    @Test
    void objects_areAllThatKerasListed() {
        assertThat(objects().map(KerasObject::className))
                .containsExactlyInAnyOrderElementsOf(
                        Plain.object("objects", KERAS.get("objects")).keySet());
    }

    @Test
    void activations_haveKerasNamesArgumentsAndDefaults() {
        Map<String, @Nullable Object> keras = Plain.object("activations", KERAS.get("activations"));

        keras.forEach((name, arguments) -> {
            Activation activation = Activation.of(name);
            Map<String, @Nullable Object> expected = new TreeMap<>(Plain.object(name, arguments));
            Map<String, @Nullable Object> ours = new TreeMap<>();
            for (int i = 0; i < activation.arguments().size(); i++) {
                double value = activation.arguments().get(i);
                String parameter = activation.function().parameters().get(i);
                boolean none = Double.isNaN(value) || Double.isInfinite(value);
                ours.put(parameter, none ? null : (Object) value);
            }
            expected.replaceAll((key, value) -> Boolean.FALSE.equals(value) ? 0 : value);
            assertThat(Fixture.rounded(ours)).as(name).isEqualTo(Fixture.rounded(expected));
            assertThat(List.copyOf(Plain.object(name, arguments).keySet()))
                    .isEqualTo(activation.function().parameters());
        });
        assertThat(keras).hasSize(32);
    }

    @Test
    void names_ofKeras_areKnown() {
        assertThat(refused("initializers", Initializer::of))
                .containsExactlyInAnyOrder(
                        "Initializer", "initializer", "Constant", "constant", "STFT", "STFTInitializer", "stft");
        assertThat(refused("regularizers", Regularizer::of)).containsExactlyInAnyOrder("Regularizer", "regularizer");
        assertThat(refused("constraints", Constraint::of)).containsExactlyInAnyOrder("Constraint", "constraint");
    }

    private interface ByName {
        @Nullable
        Object of(@Nullable String name);
    }

    private static List<String> refused(String family, ByName byName) {
        List<String> refused = new ArrayList<>();
        for (Object name : Plain.list(family, KERAS.get(family))) {
            try {
                assertThat(byName.of((String) name)).isNotNull();
            } catch (IllegalArgumentException | NotSupportedException e) {
                refused.add((String) name);
            }
        }
        return refused;
    }

    @Test
    void of_unknownName_isRefusedInKerasWords() {
        assertThatThrownBy(() -> Activation.of("rely"))
                .hasMessage("Could not interpret activation function identifier: rely");
        assertThatThrownBy(() -> Regularizer.of("l1_l2"))
                .hasMessage("Could not interpret regularizer identifier: l1_l2");
        assertThatThrownBy(() -> Constraint.of("max")).hasMessage("Could not interpret constraint identifier: max");
        assertThatThrownBy(() -> Loss.of("m")).hasMessage("Could not interpret loss identifier: m");
        assertThatThrownBy(() -> Optimizer.of("m")).hasMessage("Could not interpret optimizer identifier: m");
        assertThatThrownBy(() -> Metric.of("m")).hasMessage("Could not interpret metric identifier: m");
    }

    /** Each option of each record must have a place in Keras's configuration, or be named here. */
    @ParameterizedTest
    @MethodSource("objects")
    void config_hasEveryOption(KerasObject value) {
        TreeSet<String> options = new TreeSet<>();
        for (var component : value.getClass().getRecordComponents()) {
            // Keras's name is a word of Java's.
            options.add(component.getName().equals("isSynchronized") ? "synchronized" : component.getName());
        }
        // Parts that hold several of Keras's arguments or none.
        options.removeAll(List.of("conf", "window", "kernel", "bias", "gamma", "beta", "common", "preset", "kind"));
        if (value instanceof Accuracy accuracy && accuracy.kind() != Kind.BINARY) {
            options.remove("threshold");
        }
        List<String> keys = value.config().keySet().stream()
                .map(key -> key.replace("_", "").toLowerCase(Locale.ROOT))
                .toList();

        assertThat(keys)
                .containsAll(options.stream()
                        .filter(option -> !option.equals("activityRegularizer"))
                        .map(option -> option.toLowerCase(Locale.ROOT))
                        .toList());
    }
}
