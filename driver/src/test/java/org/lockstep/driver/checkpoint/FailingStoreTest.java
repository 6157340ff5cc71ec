package org.lockstep.driver.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lockstep.driver.checkpoint.Runs.RUN;
import static org.lockstep.driver.checkpoint.Runs.assertSame;
import static org.lockstep.driver.checkpoint.Runs.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class FailingStoreTest {

    @TempDir
    private Path parent;

    @AfterEach
    void works() {
        FaultyFileSystem.works();
    }

    private CheckpointStore store(String name, int keep) {
        FaultyFileSystem.works();
        return CheckpointStore.of("faulty://" + parent.resolve(name), keep);
    }

    /** Whether the checkpoint was written; where it was not, the error names a path in the folder. */
    private boolean written(CheckpointStore store, Checkpoint checkpoint, String reason) {
        try {
            store.write(checkpoint, RUN);
            return true;
        } catch (CheckpointException e) {
            assertThat(e)
                    .hasMessageStartingWith("Cannot keep checkpoint ckpt-")
                    .hasMessageContaining("faulty://" + parent)
                    .hasMessageEndingWith(reason);
            return false;
        } finally {
            FaultyFileSystem.works();
        }
    }

    private List<String> files(String name) {
        return Arrays.asList(
                Optional.ofNullable(parent.resolve(name).toFile().list()).orElse(new String[0]));
    }

    @Test
    void killedBetweenAnyTwoOperations_newestIsTheOneBeforeOrTheNewOne() {
        boolean died = true;
        int seenOld = 0;
        for (int operations = 0; died; operations++) {
            String name = "killed-" + operations;
            CheckpointStore store = store(name, 1);
            store.write(checkpoint(0, 1), RUN);
            FaultyFileSystem.diesAfter(operations);
            boolean written = written(store, checkpoint(0, 2), "the process is dead");
            died = operations < 40 && (!written || files(name).size() > 4);

            CheckpointStore after = store(name, 1);
            Checkpoint newest = after.newest(RUN).orElseThrow();
            int step = newest.cursor().step();
            assertThat(step).as("after %d operations", operations).isBetween(written ? 2 : 1, 2);
            assertSame(newest, checkpoint(0, step));
            seenOld += step == 1 ? 1 : 0;

            after.write(checkpoint(0, 3), RUN);
            assertSame(store(name, 1).newest(RUN).orElseThrow(), checkpoint(0, 3));
            assertThat(files(name)).as("after %d operations", operations).hasSize(4);
        }
        assertThat(seenOld).isGreaterThan(5);
    }

    @Test
    void killedDuringTheFirst_noneOrTheFirst() {
        boolean written = false;
        for (int operations = 0; !written; operations++) {
            String name = "first-" + operations;
            CheckpointStore store = store(name, 3);
            FaultyFileSystem.diesAfter(operations);
            written = written(store, checkpoint(0, 1), "the process is dead");
            Optional<Checkpoint> newest = store(name, 3).newest(RUN);
            assertThat(newest.isPresent() || !written).isTrue();
            newest.ifPresent(found -> assertSame(found, checkpoint(0, 1)));
        }
    }

    @Test
    void oneOperationFails_noLitterAndTheStoreGoesOn() {
        boolean failed = true;
        for (int operations = 0; failed; operations++) {
            String name = "once-" + operations;
            CheckpointStore store = store(name, 2);
            store.write(checkpoint(0, 1), RUN);
            FaultyFileSystem.failsOnceAfter(operations);
            boolean written = written(store, checkpoint(0, 2), "a passing failure");
            // Where the manifest was deleted to be replaced, all that lies there counts.
            boolean counts = written || !files(name).contains("manifest.json");
            assertSame(store(name, 2).newest(RUN).orElseThrow(), checkpoint(0, counts ? 2 : 1));
            assertThat(written || files(name).size() == (counts ? 6 : 4))
                    .as("after %d operations", operations)
                    .isTrue();
            failed = operations < 40 && (!written || files(name).size() > 7);

            store.write(checkpoint(0, 3), RUN);
            assertSame(store(name, 2).newest(RUN).orElseThrow(), checkpoint(0, 3));
            assertThat(files(name)).hasSize(7);
        }
    }

    @Test
    void diskFull_errorNamesTheFileAndTheOneBeforeStays() {
        boolean full = true;
        int times = 0;
        for (int room = 0; full; room += 700) {
            String name = "full-" + room;
            CheckpointStore store = store(name, 1);
            store.write(checkpoint(0, 1), RUN);
            FaultyFileSystem.hasRoomFor(room);
            full = !written(store, checkpoint(0, 2), "No space left on device");
            times += full ? 1 : 0;
            assertSame(store(name, 1).newest(RUN).orElseThrow(), checkpoint(0, full ? 1 : 2));
            assertThat(files(name)).as("room for %d", room).hasSize(4);
        }
        assertThat(times).isGreaterThan(5);
    }

    @Test
    void fileInPlaceOfTheFolder_isNamed() throws IOException {
        Path file = Files.createFile(parent.resolve("file"));
        CheckpointStore store = CheckpointStore.of(file.toString(), 3);
        assertThatThrownBy(() -> store.write(checkpoint(0, 1), RUN))
                .isInstanceOf(CheckpointException.class)
                .hasMessage("Cannot keep checkpoint ckpt-0-1: Cannot list " + file + ": it is a file");
        assertThatThrownBy(store::isEmpty)
                .isInstanceOf(CheckpointException.class)
                .hasMessage("Cannot use checkpoints in %s: Cannot list %s: it is a file", file, file);
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void unreachableStore_isNamed() {
        FaultyFileSystem.works();
        CheckpointStore store = CheckpointStore.of("hdfs://localhost:1/runs/a", 3);
        assertThatThrownBy(() -> store.write(checkpoint(0, 1), RUN))
                .isInstanceOf(CheckpointException.class)
                .hasMessageStartingWith("Cannot keep checkpoint ckpt-0-1: Cannot list hdfs://localhost:1/runs/a: ")
                .hasMessageContaining("Connection refused");
        assertThatThrownBy(() -> store.newest(RUN))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("hdfs://localhost:1/runs/a");
    }
}
