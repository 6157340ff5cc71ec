package org.lockstep.data.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
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
}
