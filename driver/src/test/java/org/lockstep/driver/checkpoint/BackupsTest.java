package org.lockstep.driver.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.lockstep.driver.checkpoint.Runs.RUN;
import static org.lockstep.driver.checkpoint.Runs.assertSame;
import static org.lockstep.driver.checkpoint.Runs.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.lockstep.conf.CheckpointConf;
import org.lockstep.executor.TrainState;

/** Checkpoints and recovery points: which of them a training goes on from. */
@Timeout(60)
class BackupsTest {

    @TempDir
    private Path parent;

    @AfterEach
    void works() {
        FaultyFileSystem.works();
    }

    private Path folder() {
        return parent.resolve("backup");
    }

    private Backups backups() {
        return Backups.of(CheckpointConf.of(folder().toString()));
    }

    private static void writePoint(Backups backups, int epoch, int step) {
        backups.writePoint(checkpoint(epoch, step), RUN);
        backups.await();
    }

    @Test
    void pointBeyondTheLastCheckpoint_isTheNewest() {
        Backups backups = backups();
        assertThat(backups.isEmpty()).isTrue();
        writePoint(backups, 0, 7);
        assertThat(backups().isEmpty()).isFalse();
        assertSame(backups().newest(RUN).orElseThrow(), checkpoint(0, 7));
        backups.write(checkpoint(1, 0), RUN);
        assertSame(backups().newest(RUN).orElseThrow(), checkpoint(1, 0));
        writePoint(backups, 1, 2);
        assertSame(backups().newest(RUN).orElseThrow(), checkpoint(1, 2));
    }

    @Test
    void pointAsFarAsACheckpoint_theCheckpointIsTheNewest() {
        Backups backups = backups();
        writePoint(backups, 0, 7);
        TrainState state = Runs.state(1, 0);
        state.iterations(7);
        backups.write(checkpoint(state), RUN);
        assertThat(backups().newest(RUN).orElseThrow().cursor().epoch()).isEqualTo(1);
    }

    @Test
    void points_theLastTwoStay_untilTheTrainingHasEnded() throws IOException {
        Backups backups = backups();
        for (int step = 1; step <= 4; step++) {
            writePoint(backups, 0, step);
        }
        try (var files = Files.list(folder().resolve("recovery"))) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".weights.h5")))
                    .containsExactlyInAnyOrder("ckpt-0-3.weights.h5", "ckpt-0-4.weights.h5");
        }
        backups.write(checkpoint(1, 0), RUN);
        backups.ended(false);
        assertThat(folder().resolve("recovery")).doesNotExist();
        assertSame(backups().newest(RUN).orElseThrow(), checkpoint(1, 0));
        backups.ended(true);
        assertThat(folder()).doesNotExist();
    }

    @Test
    void pointsAllDamaged_arePassedOver() throws IOException {
        Backups backups = backups();
        backups.write(checkpoint(1, 0), RUN);
        writePoint(backups, 1, 2);
        Files.writeString(folder().resolve("recovery").resolve("ckpt-1-2.weights.h5"), "torn");
        try (Warnings warnings = Warnings.open()) {
            assertSame(backups().newest(RUN).orElseThrow(), checkpoint(1, 0));
            assertThat(warnings.texts()).last().asString().startsWith("Recovery points are passed over: Cannot resume");
        }
    }

    @Test
    void pointOfAnotherRun_isRefused() {
        writePoint(backups(), 0, 7);
        RunIdentity other = Runs.run(3, Map.of("batch_size", 16, "seed", 7L));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> backups().newest(other))
                .withMessageContaining("fit.batch_size was 32, and is 16");
    }

    @Test
    void pointThatCannotBeWritten_isAWarningAndTheOneBeforeStays() {
        FaultyFileSystem.works();
        Backups backups = Backups.of(CheckpointConf.of("faulty://" + folder()));
        writePoint(backups, 0, 1);
        FaultyFileSystem.hasRoomFor(100);
        try (Warnings warnings = Warnings.open()) {
            writePoint(backups, 0, 2);
            assertThat(warnings.texts())
                    .singleElement()
                    .asString()
                    .startsWith("A recovery point is not kept, and training goes on: Cannot keep checkpoint ckpt-0-2: ")
                    .endsWith("No space left on device");
        }
        FaultyFileSystem.works();
        assertSame(backups.newest(RUN).orElseThrow(), checkpoint(0, 1));
    }
}
