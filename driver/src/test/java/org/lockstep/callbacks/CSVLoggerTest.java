package org.lockstep.callbacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in the rows is in the reference cases. */
class CSVLoggerTest {

    @TempDir
    Path folder;

    private CSVLogger begun(boolean append) {
        return Runs.begun(CSVLogger.of(file().toString()).append(append), new RecordedModel(0.1));
    }

    private Path file() {
        return folder.resolve("log.csv");
    }

    private String text() throws IOException {
        return Files.readString(file());
    }

    @Test
    void olderFile_staysUntilTheFirstEpochHasEnded() throws IOException {
        Files.writeString(file(), "old\r\n");
        CSVLogger logger = begun(false);
        assertThat(text()).isEqualTo("old\r\n");
        Runs.epoch(logger, 0, Map.of("loss", 0.5, "val_loss", 1.0));
        assertThat(text()).isEqualTo("epoch,loss,val_loss\r\n0,0.5,1.0\r\n");
    }

    @Test
    void noEpoch_leavesAnEmptyFile() throws IOException {
        Files.writeString(file(), "old\r\n");
        begun(false).onTrainEnd(Map.of());
        assertThat(text()).isEmpty();
    }

    @Test
    void resumed_cutsRowsOfLaterEpochsAndGoesOn() throws IOException {
        CSVLogger whole = begun(false);
        Runs.epoch(whole, 0, Map.of("loss", 0.5, "val_loss", 1.0));
        Map<String, Object> state = whole.state();
        Runs.epoch(whole, 1, Map.of("loss", 0.4, "val_loss", 2.0));
        String undisturbed = text();
        CSVLogger resumed = begun(false);
        resumed.restore(Runs.stored(state));
        Runs.epoch(resumed, 1, Map.of("loss", 0.4, "val_loss", 2.0));
        assertThat(text()).isEqualTo(undisturbed);
    }

    @Test
    void resumed_withoutItsFile_writesAHeaderAgain() throws IOException {
        CSVLogger first = begun(false);
        Runs.epoch(first, 0, Map.of("loss", 0.5));
        Files.delete(file());
        CSVLogger resumed = begun(false);
        resumed.restore(Runs.stored(first.state()));
        Runs.epoch(resumed, 1, Map.of("loss", 0.4));
        assertThat(text()).isEqualTo("epoch,loss,val_loss\r\n1,0.4,NA\r\n");
    }

    @Test
    void folder_thatIsMissing_isRefusedBeforeTraining() {
        CSVLogger logger = CSVLogger.of(folder.resolve("no/log.csv").toString());
        assertThatThrownBy(() -> Runs.begun(logger, new RecordedModel(0.1)))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("no/log.csv");
    }

    @Test
    void separator_ofTwoCharacters_refused() {
        assertThatThrownBy(() -> CSVLogger.of("log.csv").separator(", "))
                .hasMessage("Invalid `separator`: must be a 1-character string. Received: \", \"");
    }
}
