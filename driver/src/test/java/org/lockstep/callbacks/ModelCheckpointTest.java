package org.lockstep.callbacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelCheckpointTest {

    @TempDir
    Path folder;

    private final RecordedModel model = new RecordedModel(0.1);

    @Test
    void everyEpoch_savesUnderItsNameInAFolderThatItMakes() {
        String path = folder.resolve("deep/er/{epoch:02d}-{val_loss:.2f}.keras").toString();
        ModelCheckpoint checkpoint = Runs.begun(ModelCheckpoint.of(path).verbose(1), model);
        String saved = folder + "/deep/er/10-0.12.keras";
        assertThat(Heard.printed(() -> checkpoint.onEpochEnd(9, Map.of("val_loss", 0.125))))
                .isEqualTo("""

                        Epoch 10: saving model to %1$s

                        Epoch 10: finished saving model to %1$s
                        """.formatted(saved));
        assertThat(model.calls).containsExactly("save " + saved);
        assertThat(folder.resolve("deep/er")).isDirectory();
        assertThat(checkpoint.isSynchronous()).isFalse();
    }

    @Test
    void bestOnly_saysWhatImproved() {
        ModelCheckpoint checkpoint = Runs.begun(
                ModelCheckpoint.of("m.weights.h5")
                        .saveWeightsOnly(true)
                        .saveBestOnly(true)
                        .verbose(1),
                model);
        assertThat(Heard.printed(() -> {
                    checkpoint.onEpochEnd(0, Map.of("val_loss", 1.0));
                    checkpoint.onEpochEnd(1, Map.of("val_loss", 1.0));
                    checkpoint.onEpochEnd(2, Map.of("val_loss", 1 / 3.0));
                }))
                .isEqualTo("""

                        Epoch 1: val_loss improved from None to 1.00000, saving model to m.weights.h5

                        Epoch 1: finished saving model to m.weights.h5

                        Epoch 2: val_loss did not improve from 1.00000

                        Epoch 3: val_loss improved from 1.00000 to 0.33333, saving model to m.weights.h5

                        Epoch 3: finished saving model to m.weights.h5
                        """);
        assertThat(model.calls).containsExactly("saveWeights m.weights.h5", "saveWeights m.weights.h5");
    }

    @Test
    void bestOnly_withoutItsLog_warnsAndSaves() {
        ModelCheckpoint checkpoint = Runs.begun(ModelCheckpoint.of("m.keras").saveBestOnly(true), model);
        assertThat(Heard.warnings(() -> Runs.epoch(checkpoint, 0, Map.of("loss", 1.0))))
                .containsExactly("Can save best model only with val_loss available.");
        assertThat(model.calls).containsExactly("save m.keras");
    }

    @Test
    void everySoManyBatches_countsAcrossEpochsAndWaits() {
        ModelCheckpoint checkpoint =
                Runs.begun(ModelCheckpoint.of("{epoch}-{batch:02d}.keras").saveFreq(4), model);
        assertThat(checkpoint.isSynchronous()).isTrue();
        batches(checkpoint, 0, 3, 0);
        batches(checkpoint, 3, 9, 0);
        assertThat(model.calls).containsExactly("save 2-01.keras", "save 3-02.keras");
    }

    @Test
    void resumed_withinAnEpoch_savesTheSameBatches() {
        ModelCheckpoint whole =
                Runs.begun(ModelCheckpoint.of("{epoch}-{batch}.keras").saveFreq(4), model);
        batches(whole, 0, 20, 0);
        for (int at = 1; at < 20; at++) {
            RecordedModel second = new RecordedModel(0.1);
            ModelCheckpoint first =
                    Runs.begun(ModelCheckpoint.of("{epoch}-{batch}.keras").saveFreq(4), second);
            batches(first, 0, at, 0);
            ModelCheckpoint resumed =
                    Runs.begun(ModelCheckpoint.of("{epoch}-{batch}.keras").saveFreq(4), second);
            resumed.restore(Runs.stored(first.state()));
            batches(resumed, at, 20, at);
            assertThat(second.calls).isEqualTo(model.calls);
        }
    }

    /** Batches of epochs of three, the epoch's begin told unless the run was resumed in it. */
    private static void batches(ModelCheckpoint checkpoint, int from, int to, int resumedAt) {
        for (int i = from; i < to; i++) {
            if (i % 3 == 0 && (i > resumedAt || i == 0 || resumedAt % 3 == 0)) {
                checkpoint.onEpochBegin(i / 3, new LinkedHashMap<>());
            }
            checkpoint.onTrainBatchEnd(i % 3, Map.of("loss", 1.0));
        }
    }

    @Test
    void bestSoFar_isResumed() {
        ModelCheckpoint first = Runs.begun(ModelCheckpoint.of("m.keras").saveBestOnly(true), model);
        Runs.epoch(first, 0, Map.of("val_loss", 0.5));
        ModelCheckpoint second = Runs.begun(ModelCheckpoint.of("m.keras").saveBestOnly(true), model);
        second.restore(Runs.stored(first.state()));
        Runs.epoch(second, 1, Map.of("val_loss", 0.6));
        assertThat(model.calls).hasSize(1);
        assertThat(second.best()).isEqualTo(0.5);
    }

    @Test
    void name_withALogThatIsNotThere_refused() {
        ModelCheckpoint checkpoint = Runs.begun(ModelCheckpoint.of("{epoch}-{val_acc:.2f}.keras"), model);
        assertThatThrownBy(() -> Runs.epoch(checkpoint, 0, Map.of("loss", 1.0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Failed to format this callback filepath: \"{epoch}-{val_acc:.2f}.keras\". Reason: 'val_acc'");
    }

    @Test
    void suffixes_otherThanKeras_refused() {
        assertThatThrownBy(() -> ModelCheckpoint.of("checkpoint"))
                .hasMessage(
                        "The filepath provided must end in `.keras` (Keras model format). Received: filepath=checkpoint");
        assertThatThrownBy(() -> ModelCheckpoint.of("m.keras").saveWeightsOnly(true))
                .hasMessage(
                        "When using `save_weights_only=True` in `ModelCheckpoint`, the filepath provided must end in"
                                + " `.weights.h5` (Keras weights format). Received: filepath=m.keras");
    }

    @Test
    void olderFormat_isSavedToo() {
        ModelCheckpoint checkpoint = Runs.begun(ModelCheckpoint.of("{epoch}.h5"), model);
        checkpoint.onEpochBegin(0, Map.of());
        checkpoint.onEpochEnd(0, Map.of("val_loss", 1.0));
        assertThat(model.calls).containsExactly("save 1.h5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"batch", "1", ""})
    void saveFreq_otherWords_refused(String value) {
        assertThatThrownBy(() -> ModelCheckpoint.of("m.keras").saveFreq(value))
                .hasMessage("Unrecognized save_freq: %s. Expected save_freq are 'epoch' or integer values"
                        .formatted(value));
    }
}
