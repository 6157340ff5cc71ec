package org.lockstep.data.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrowingFileTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"file://", "elsewhere:"})
    void flushed_isThereWhileTheFileGrows(String scheme) throws IOException {
        Path file = folder.resolve("log");
        try (GrowingFile growing = GrowingFile.create(new StoredFile(scheme + file))) {
            growing.write(new byte[] {1, 2});
            growing.flush();
            assertThat(Files.readAllBytes(file)).containsExactly(1, 2);
            growing.write(new byte[] {3});
            assertThat(growing.length()).isEqualTo(3);
        }
        assertThat(Files.readAllBytes(file)).containsExactly(1, 2, 3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"file://", "elsewhere:"})
    void fileThatIsThere_isNotReplaced(String scheme) throws IOException {
        Path file = Files.write(folder.resolve("log"), new byte[] {1});
        assertThatThrownBy(() -> GrowingFile.create(new StoredFile(scheme + file)))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("Cannot write ")
                .hasMessageContaining(file.toString());
        assertThat(Files.readAllBytes(file)).containsExactly(1);
    }
}
