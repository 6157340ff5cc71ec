package org.lockstep.driver.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keras itself opens what is written here, where {@code KERAS_PYTHON} names a Python that has Keras 3. */
@EnabledIfEnvironmentVariable(named = "KERAS_PYTHON", matches = ".+")
class KerasOpensTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"adam", "amsgrad", "rmsprop", "sgd", "uncompiled", "graph"})
    void writtenFiles_areTheSameInKeras(String name) throws IOException, InterruptedException {
        String original = Fixtures.path(name + ".keras");
        String written = folder.resolve("written.keras").toString();
        String weights = folder.resolve("written.weights.h5").toString();
        SavedModel saved = KerasFile.load(original);
        KerasFile.save(written, saved);
        KerasFile.saveWeights(weights, saved);

        same(Fixtures.path("keras_opens.py"), original, written, weights);
    }

    @ParameterizedTest
    @ValueSource(strings = {"adam", "amsgrad", "rmsprop", "sgd", "uncompiled", "graph", "trained"})
    void writtenFilesOfTheOlderFormat_areTheSameInKeras(String name) throws IOException, InterruptedException {
        String original = Fixtures.path(name + ".keras");
        String written = folder.resolve("written.h5").toString();
        KerasFile.save(written, KerasFile.load(original));
        same(Fixtures.path("legacy_opens.py"), original, written);
    }

    private static void same(String script, String... files) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(System.getenv("KERAS_PYTHON"), script));
        command.addAll(List.of(files));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).contains("same: ");
    }
}
