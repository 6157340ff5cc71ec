package org.lockstep.data.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lockstep.data.BadDataException;

class HadoopSettingsTest {

    private static final HadoopSettings NONE = new HadoopSettings(Map.of());
    private static final HadoopSettings BUCKET =
            new HadoopSettings(Map.of("fs.bucket.impl", BucketFileSystem.class.getName()));

    @BeforeEach
    @AfterEach
    void reset() {
        NONE.apply();
    }

    @Test
    void apply_aFileSystem_makesItsFilesReadable(@TempDir Path folder) throws IOException {
        StoredFile file = StoredFile.of("bucket:" + Files.write(folder.resolve("a"), new byte[] {5}));
        assertThatThrownBy(file::version)
                .isInstanceOf(BadDataException.class)
                .hasMessageContaining("No FileSystem for scheme \"bucket\"");

        BUCKET.apply();
        assertThat(file.<Integer>read(stream -> stream.read())).isEqualTo(5);
        assertThat(HadoopSettings.here()).isEqualTo(BUCKET);
    }

    @Test
    void here_withoutSettings_isEmpty() {
        assertThat(HadoopSettings.here()).isEqualTo(NONE);
    }

    @Test
    void toString_keysToAStore_areNotShown() {
        assertThat(new HadoopSettings(Map.of("fs.s3a.secret.key", "hush")))
                .hasToString("HadoopSettings[fs.s3a.secret.key]");
    }
}
