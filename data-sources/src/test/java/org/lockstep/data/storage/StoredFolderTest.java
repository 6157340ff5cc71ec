package org.lockstep.data.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredFolderTest {

    @Test
    void filesComeAndGo(@TempDir Path parent) throws IOException {
        Path path = parent.resolve("a b/c");
        StoredFolder folder = StoredFolder.of(path + "/");
        assertThat(folder.names()).isEmpty();

        folder.create();
        folder.create();
        folder.file("z").write(out -> out.write(1));
        folder.file(".y").write(out -> out.write(2));
        Files.createDirectory(path.resolve("inner"));
        assertThat(folder.names()).containsExactly(".y", "z");

        folder.delete("z");
        folder.delete("not there");
        folder.deleteIfEmpty();
        assertThat(folder.names()).containsExactly(".y");

        folder.delete(".y");
        Files.delete(path.resolve("inner"));
        folder.deleteIfEmpty();
        folder.deleteIfEmpty();
        assertThat(path).doesNotExist();
    }

    @Test
    void fileInItsPlace_isNamed(@TempDir Path parent) throws IOException {
        Path path = Files.createFile(parent.resolve("a"));
        StoredFolder folder = StoredFolder.of(path.toString());

        assertThatThrownBy(folder::names)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("Cannot list " + path + ": it is a file");
        assertThatThrownBy(folder::create)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("Cannot make folder " + path + ": ");
        assertThatThrownBy(() -> folder.file("b").write(out -> out.write(1)))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("Cannot write " + path + "/b: ");
    }

    @Test
    void rawContent_isNotDecompressed(@TempDir Path path) {
        byte[] gzipMagic = {0x1F, (byte) 0x8B, 5};
        StoredFile file = StoredFolder.of(path.toString()).file("a");
        file.write(out -> out.write(gzipMagic));
        assertThat(file.<byte[]>readRaw(in -> in.readAllBytes())).isEqualTo(gzipMagic);
    }
}
