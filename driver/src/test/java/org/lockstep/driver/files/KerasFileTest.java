package org.lockstep.driver.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.lockstep.conf.CompileConf;
import org.lockstep.executor.TrainState;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Input;
import org.lockstep.losses.Loss;
import org.lockstep.model.Sequential;
import org.lockstep.optimizers.Adam;
import org.lockstep.optimizers.Optimizer;
import org.lockstep.optimizers.RMSprop;
import org.lockstep.optimizers.SGD;

class KerasFileTest {

    private static final Clock NOON = Clock.fixed(Instant.parse("2026-01-02T12:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path folder;

    static Stream<Arguments> optimizers() {
        double rate = Fixtures.LEARNING_RATE;
        return Stream.of(
                Arguments.of("adam", Adam.of(rate)),
                Arguments.of("amsgrad", Adam.of(rate).amsgrad(true)),
                Arguments.of("rmsprop", RMSprop.of(rate).momentum(0.5).centered(true)),
                Arguments.of("sgd", SGD.of(rate)));
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void fileOfKeras_isReadToTheBit(String name, Optimizer optimizer) {
        SavedModel read = KerasFile.load(Fixtures.path(name + ".keras"));

        SavedModel expected = Fixtures.saved(name, optimizer);
        assertThat(read.compile()).isEqualTo(expected.compile());
        assertThat(read.model().layers()).isEqualTo(expected.model().layers());
        assertThat(read.state().sha256()).isEqualTo(expected.state().sha256());
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void writtenFile_isReadToTheBit(String name, Optimizer optimizer) {
        SavedModel saved = Fixtures.saved(name, optimizer);
        KerasFile.save(file("a.keras"), saved);

        SavedModel read = KerasFile.load(file("a.keras"));

        assertThat(read.model()).isEqualTo(saved.model());
        assertThat(read.compile()).isEqualTo(saved.compile());
        assertThat(read.state().sha256()).isEqualTo(saved.state().sha256());
    }

    @Test
    void oddBits_stay() {
        SavedModel saved = Fixtures.saved("odd", Adam.of(0.001));
        saved.state().learningRate(0.001 / 3);
        saved.state().iterations(1L << 40);
        float[] odd = {-0f, Float.MIN_VALUE, Float.MAX_VALUE, Float.NEGATIVE_INFINITY, Float.NaN};
        saved.state().weights().put(0, odd);
        KerasFile.save(file("a.keras"), saved);

        TrainState read = KerasFile.load(file("a.keras")).state();

        assertThat(read.sha256()).isEqualTo(saved.state().sha256());
    }

    @Test
    void uncompiledModelOfKeras_hasNoSlots() {
        SavedModel read = KerasFile.load(Fixtures.path("uncompiled.keras"));

        assertThat(read.compile()).isNull();
        assertThat(read.state().slots()).isEmpty();
        TrainState expected = Fixtures.weights(read.model().layout(), SGD.of());
        assertThat(read.state().weights()).isEqualTo(expected.weights());
    }

    @Test
    void uncompiledModel_isWrittenWithoutOptimizer() {
        SavedModel saved = Fixtures.saved("adam", Adam.of());
        KerasFile.save(file("a.keras"), new SavedModel(saved.model(), null, saved.state()));

        SavedModel read = KerasFile.load(file("a.keras"));

        assertThat(read.compile()).isNull();
        assertThat(read.state().weights()).isEqualTo(saved.state().weights());
        assertThat(read.state().iterations()).isZero();
    }

    @Test
    void compileFalse_leavesTheOptimizerOut_howeverLarge() {
        Sequential model = Sequential.of(Input.of(300), Dense.of(300));
        Optimizer optimizer = Adam.of().amsgrad(true);
        TrainState state = TrainState.initial(model, optimizer, 1);
        KerasFile.save(file("a.keras"), new SavedModel(model, CompileConf.of(optimizer, Loss.of("mse")), state));

        SavedModel read = KerasFile.load(file("a.keras"), false);

        assertThat(read.compile()).isNull();
        assertThat(read.state().slots()).isEmpty();
        assertThat(read.state().weights()).isEqualTo(state.weights());
    }

    @Test
    void optimizerThatKerasHadNotBuilt_beginsAnew() {
        SavedModel read = KerasFile.load(Fixtures.path("unbuilt.keras"));

        Optimizer optimizer = SGD.of(0.5).momentum(0.9);
        TrainState expected = Fixtures.weights(read.model().layout(), optimizer);
        assertThat(read.state().sha256()).isEqualTo(expected.sha256());
    }

    @Test
    void weightsFileOfKeras_isReadToTheBit() {
        SavedModel read = KerasFile.loadWeights(Fixtures.path("adam.weights.h5"), fresh());

        assertThat(read.state().sha256())
                .isEqualTo(Fixtures.saved("adam", Adam.of(Fixtures.LEARNING_RATE))
                        .state()
                        .sha256());
    }

    @Test
    void weightsFile_isReadToTheBit() {
        SavedModel saved = Fixtures.saved("adam", Adam.of());
        KerasFile.saveWeights(file("a.weights.h5"), saved);

        TrainState read = KerasFile.loadWeights(file("a.weights.h5"), fresh()).state();

        assertThat(read.sha256()).isEqualTo(saved.state().sha256());
    }

    @Test
    void weightsFileOfAnotherOptimizer_leavesTheOptimizerAlone() {
        KerasFile.saveWeights(file("a.weights.h5"), Fixtures.saved("a", SGD.of()));

        SavedModel into = fresh();
        TrainState read = KerasFile.loadWeights(file("a.weights.h5"), into).state();

        TrainState expected = Fixtures.weights(into.model().layout(), Adam.of());
        assertThat(read.sha256()).isEqualTo(expected.sha256());
        assertThat(into.state().weights().get(0)).as("the model given").isZero();
    }

    @Test
    void equalModels_giveEqualBytes() throws IOException {
        KerasFile.save(file("a.keras"), Fixtures.saved("adam", Adam.of()), NOON);
        KerasFile.save(file("b.keras"), Fixtures.saved("adam", Adam.of()), NOON);

        assertThat(Files.readAllBytes(folder.resolve("a.keras")))
                .isEqualTo(Files.readAllBytes(folder.resolve("b.keras")));
    }

    @Test
    void existingFile_isReplacedAndNothingElseIsLeft() {
        KerasFile.save(file("a.keras"), Fixtures.saved("sgd", SGD.of()));
        KerasFile.save(file("a.keras"), Fixtures.saved("adam", Adam.of()));

        assertThat(KerasFile.load(file("a.keras")).model().name()).isEqualTo("adam");
        assertThat(folder.toFile().list()).containsExactly("a.keras");
    }

    @Test
    void wrongNames_areRefused() {
        SavedModel saved = Fixtures.saved("sgd", SGD.of());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KerasFile.save("a.zip", saved))
                .withMessage(
                        "Invalid filepath extension for saving. Please add either a `.keras` extension for the native "
                                + "Keras format (recommended) or a `.h5` extension. Received: filepath=a.zip");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KerasFile.load("a.zip"))
                .withMessage(
                        "File format not supported: expected a `.keras` file or one of the legacy H5 format (`.h5` "
                                + "extension). Received: filepath=a.zip");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KerasFile.saveWeights("a.h5", saved))
                .withMessage("The filename must end in `.weights.h5`. Received: filepath=a.h5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KerasFile.loadWeights("a.keras", saved))
                .withMessage(
                        "File format not supported: expected a `.weights.h5` file or one of the legacy H5 format (`.h5` "
                                + "extension). Received: filepath=a.keras");
    }

    @Test
    void missingFolder_isNamed() {
        assertThatThrownBy(() -> KerasFile.save(file("none/a.keras"), Fixtures.saved("sgd", SGD.of())))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("Cannot write " + file("none/a.keras") + ": no such folder");
    }

    @Test
    void unbuiltModel_isNotSaved() {
        SavedModel built = Fixtures.saved("sgd", SGD.of());
        Sequential unbuilt = new Sequential("a", null, List.copyOf(built.model().layers()));
        assertThatThrownBy(() -> KerasFile.save(file("a.keras"), new SavedModel(unbuilt, null, built.state())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has not yet been built");
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
