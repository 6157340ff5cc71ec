package org.lockstep.driver.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lockstep.driver.checkpoint.Runs.RUN;
import static org.lockstep.driver.checkpoint.Runs.assertSame;
import static org.lockstep.driver.checkpoint.Runs.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damage to a file of the newest checkpoint is found, wherever it is, and the one before is used. */
class DamagedCheckpointTest {

    private static final int TRIES = 60;

    @TempDir
    private Path folder;

    @BeforeEach
    void twoCheckpoints() {
        CheckpointStore store = CheckpointStore.of(folder.toString(), 2);
        store.write(checkpoint(0, 1), RUN);
        store.write(checkpoint(0, 2), RUN);
    }

    private void assertFound(String file, byte[] damaged, String what) throws IOException {
        Path path = folder.resolve(file);
        byte[] whole = Files.readAllBytes(path);
        Files.write(path, damaged);
        int expected = file.equals("manifest.json") ? 2 : 1;
        try (Warnings warnings = Warnings.open()) {
            Checkpoint used =
                    CheckpointStore.of(folder.toString(), 2).newest(RUN).orElseThrow();
            assertThat(used.cursor().step()).as(what).isEqualTo(expected);
            assertSame(used, checkpoint(0, expected));
            assertThat(warnings.texts()).as(what).hasSize(1).first().asString().contains(path.toString());
        }
        Files.write(path, whole);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ckpt-0-2.weights.h5", "ckpt-0-2.callbacks.bin", "ckpt-0-2.json", "manifest.json"})
    void truncated_isFound(String file) throws IOException {
        byte[] whole = Files.readAllBytes(folder.resolve(file));
        for (int length = 0; length < whole.length; length += Math.max(1, whole.length / TRIES)) {
            assertFound(file, Arrays.copyOf(whole, length), "cut to " + length);
        }
        assertFound(file, Arrays.copyOf(whole, whole.length - 1), "cut by 1");
        assertFound(file, Arrays.copyOf(whole, whole.length + 1), "longer by 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ckpt-0-2.weights.h5", "ckpt-0-2.callbacks.bin", "ckpt-0-2.json", "manifest.json"})
    void flippedBit_isFound(String file) throws IOException {
        byte[] whole = Files.readAllBytes(folder.resolve(file));
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < TRIES; i++) {
            int bit = random.nextInt(8 * whole.length);
            byte[] damaged = whole.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            assertFound(file, damaged, "bit " + bit);
        }
    }
}
