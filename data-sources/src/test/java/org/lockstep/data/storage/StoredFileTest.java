package org.lockstep.data.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lockstep.data.BadDataException;

class StoredFileTest {

    @Test
    void plainPaths_areLocalAndAbsolute() {
        assertThat(StoredFile.of("/a/../b c").uri()).isEqualTo("file:///b c");
        assertThat(StoredFile.of("b").uri()).isEqualTo("file://" + Path.of("b").toAbsolutePath());
        assertThat(StoredFile.of("/b c")).hasToString("/b c");
    }

    @Test
    void uris_stayAsTheyAre() {
        assertThat(StoredFile.of("hdfs://host:8020/a").uri()).isEqualTo("hdfs://host:8020/a");
        assertThat(StoredFile.of("hdfs://host:8020/a")).hasToString("hdfs://host:8020/a");
    }

    @Test
    void unknownFileSystem_isNamed() {
        assertThatThrownBy(() -> StoredFile.of("ftq://host/a").version())
                .isInstanceOf(BadDataException.class)
                .hasMessageContaining("Cannot read ftq://host/a: ")
                .hasMessageContaining("\"ftq\"");
    }

    @Test
    void emptyPath_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StoredFile.of(" "))
                .withMessage("Invalid path: must not be empty. Received: \" \"");
    }

    @Test
    void write_replacesTheWholeContent(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("a b");
        StoredFile stored = StoredFile.of(file.toString());
        stored.write(out -> out.write(new byte[] {1, 2, 3}));
        stored.write(out -> out.write(7));

        assertThat(Files.readAllBytes(file)).containsExactly(7);
        assertThat(stored.local()).isEqualTo(file);
        assertThat(folder.toFile().list()).containsExactly("a b");
    }

    @Test
    void failedWrite_leavesTheContent(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("a"), new byte[] {1});
        assertThatThrownBy(() -> StoredFile.of(file.toString()).write(out -> {
                    out.write(2);
                    throw new IOException("disk full");
                }))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("Cannot write " + file + ": disk full");
        assertThat(Files.readAllBytes(file)).containsExactly(1);
        assertThat(folder.toFile().list()).containsExactly("a");
    }

    @Test
    void hadoopWrite_replacesTheWholeContentOrNothing(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("a");
        org.apache.hadoop.fs.Path target = new org.apache.hadoop.fs.Path(file.toUri());
        Configuration hadoop = new Configuration();
        HadoopReplacement.write(target, hadoop, out -> out.write(new byte[] {1, 2, 3}));
        HadoopReplacement.write(target, hadoop, out -> out.write(7));
        assertThatThrownBy(() -> HadoopReplacement.write(target, hadoop, out -> {
                    out.write(2);
                    throw new IOException("disk full");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("disk full");

        assertThat(Files.readAllBytes(file)).containsExactly(7);
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("a", ".a.crc");
    }

    @Test
    void fileElsewhere_isNotLocal() {
        StoredFile elsewhere = StoredFile.of("hdfs://host/a");
        assertThat(elsewhere.isLocal()).isFalse();
        assertThatThrownBy(elsewhere::local)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Cannot take hdfs://host/a for a local file: it is not");
    }
}
