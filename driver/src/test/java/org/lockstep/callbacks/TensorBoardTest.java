package org.lockstep.callbacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lockstep.callbacks.tensorboard.EventReader;
import org.lockstep.callbacks.tensorboard.EventReader.Point;
import org.lockstep.keras.NotSupportedException;

class TensorBoardTest {

    @TempDir
    Path folder;

    private TensorBoard callback() {
        return TensorBoard.of(folder.toString()).updateFreq("batch").writeGraph(false);
    }

    private static void batches(TensorBoard board, int from, int to) {
        for (int batch = from; batch < to; batch++) {
            board.onTrainBatchBegin(batch, new LinkedHashMap<>());
            board.onTrainBatchEnd(batch, new LinkedHashMap<>(Map.of("loss", batch / 8.0)));
        }
    }

    private static void epoch(TensorBoard board, int epoch) {
        board.onEpochBegin(epoch, new LinkedHashMap<>());
        batches(board, 0, 3);
        board.onTestEnd(new LinkedHashMap<>(Map.of("loss", 2.0)));
        board.onEpochEnd(epoch, new LinkedHashMap<>(Map.of("loss", 1.0, "val_loss", 2.0)));
    }

    private List<String> shown(String part) {
        return EventReader.read(folder.resolve(part)).stream()
                .map(point -> point.tag() + " " + point.step() + " " + point.scalar())
                .toList();
    }

    @Test
    void batches_countFromOneOverAllEpochs() {
        TensorBoard board = Runs.begun(callback().updateFreq(2), new RecordedModel(0.1));
        epoch(board, 0);
        epoch(board, 1);
        board.onTrainEnd(Map.of());
        assertThat(shown("train"))
                .containsExactly(
                        "batch_loss 2 0.125",
                        "epoch_loss 0 1.0",
                        "epoch_learning_rate 0 0.1",
                        "batch_loss 4 0.0",
                        "batch_loss 6 0.25",
                        "epoch_loss 1 1.0",
                        "epoch_learning_rate 1 0.1");
        assertThat(shown("validation"))
                .containsExactly(
                        "evaluation_loss_vs_iterations 0 2.0",
                        "epoch_loss 0 2.0",
                        "evaluation_loss_vs_iterations 0 2.0",
                        "epoch_loss 1 2.0");
    }

    @Test
    void stepsPerSecond_areWrittenForBatchesAndEpochs() {
        TensorBoard board = Runs.begun(callback().writeStepsPerSecond(true), new RecordedModel(0.1));
        long began = System.nanoTime();
        epoch(board, 0);
        double atLeast = 3 / ((System.nanoTime() - began) / 1e9);
        board.onTrainEnd(Map.of());
        List<Point> points = EventReader.read(folder.resolve("train"));
        assertThat(points)
                .extracting(Point::tag)
                .containsExactly(
                        "batch_steps_per_second",
                        "batch_loss",
                        "batch_steps_per_second",
                        "batch_loss",
                        "batch_steps_per_second",
                        "batch_loss",
                        "epoch_loss",
                        "epoch_learning_rate",
                        "epoch_steps_per_second");
        assertThat(points.get(8).scalar()).isGreaterThanOrEqualTo((float) atLeast);
        assertThat(points.get(0).scalar()).isPositive();
    }

    @Test
    void synchronous_onlyWhereBatchesAreTimed() {
        assertThat(TensorBoard.of().isSynchronous()).isFalse();
        assertThat(TensorBoard.of().updateFreq(5).isSynchronous()).isFalse();
        assertThat(TensorBoard.of().writeStepsPerSecond(true).isSynchronous()).isFalse();
        assertThat(TensorBoard.of()
                        .updateFreq("batch")
                        .writeStepsPerSecond(true)
                        .isSynchronous())
                .isTrue();
        assertThat(TensorBoard.of()
                        .updateFreq("batch")
                        .updateFreq("epoch")
                        .writeStepsPerSecond(true)
                        .isSynchronous())
                .isFalse();
    }

    @Test
    void epochsAndBatches_canBeReadWhileTrainingGoesOn() {
        TensorBoard board = Runs.begun(callback(), new RecordedModel(0.1));
        epoch(board, 0);
        assertThat(shown("train")).hasSize(5);
        assertThat(shown("validation")).hasSize(2);
        batches(board, 0, 9);
        assertThat(shown("train")).hasSize(5);
        batches(board, 9, 10);
        assertThat(shown("train")).hasSize(15);
        board.onTrainEnd(Map.of());
    }

    @Test
    void secondFit_writesOtherFiles() {
        TensorBoard board = callback();
        for (int fit = 0; fit < 2; fit++) {
            Runs.begun(board, new RecordedModel(0.1));
            epoch(board, 0);
            board.onTrainEnd(Map.of());
        }
        assertThat(EventReader.files(folder.resolve("train"))).hasSize(2);
        assertThat(EventReader.files(folder.resolve("validation"))).hasSize(2);
    }

    @Test
    void resumed_goesOnBehindWhatItsCheckpointKnows() {
        TensorBoard killed = Runs.begun(callback().writeGraph(true), new RecordedModel(0.1));
        epoch(killed, 0);
        Map<String, Object> state = Runs.stored(killed.state());
        List<String> before = shown("validation");
        epoch(killed, 1);
        killed.onTrainEnd(Map.of());
        List<Point> undisturbed = EventReader.read(folder.resolve("train"));

        TensorBoard resumed = Runs.begun(callback().writeGraph(true), new RecordedModel(0.1));
        resumed.restore(state);
        assertThat(shown("validation")).isEqualTo(before);
        epoch(resumed, 1);
        resumed.onTrainEnd(Map.of());
        assertThat(EventReader.read(folder.resolve("train"))).isEqualTo(undisturbed);
        assertThat(shown("validation")).hasSize(4);
    }

    @Test
    void resumed_withoutItsFiles_beginsAnew() throws IOException {
        TensorBoard killed = Runs.begun(callback(), new RecordedModel(0.1));
        epoch(killed, 0);
        Map<String, Object> state = Runs.stored(killed.state());
        killed.onTrainEnd(Map.of());
        for (String part : List.of("train", "validation")) {
            Files.delete(EventReader.files(folder.resolve(part)).get(0));
        }
        TensorBoard resumed = Runs.begun(callback(), new RecordedModel(0.1));
        resumed.restore(state);
        epoch(resumed, 1);
        resumed.onTrainEnd(Map.of());
        assertThat(shown("train")).startsWith("batch_loss 4 0.0").hasSize(5);
    }

    @Test
    void folderThatCannotBeMade_isRefusedBeforeTraining() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        TensorBoard board = TensorBoard.of(file.toString());
        assertThatThrownBy(() -> Runs.begun(board, new RecordedModel(0.1)))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("Cannot make folder " + file + "/train: ");
    }

    @Test
    void defaults_areAccepted() {
        assertThat(TensorBoard.of()
                        .profileBatch(0)
                        .profileBatch(0, 0)
                        .embeddingsFreq(0)
                        .embeddingsMetadata(null))
                .isNotNull();
    }

    @Test
    void whatHasNoMeaningHere_isRefused() {
        TensorBoard board = TensorBoard.of();
        assertThatThrownBy(() -> board.profileBatch(2))
                .isInstanceOf(NotSupportedException.class)
                .hasMessageContaining("`profile_batch`")
                .hasMessageEndingWith("Received: profile_batch=(2, 2) (must be 0)");
        assertThatThrownBy(() -> board.profileBatch(10, 20))
                .isInstanceOf(NotSupportedException.class)
                .hasMessageEndingWith("Received: profile_batch=(10, 20) (must be 0)");
        assertThatThrownBy(() -> board.embeddingsFreq(1))
                .isInstanceOf(NotSupportedException.class)
                .hasMessageContaining("Received: embeddings_freq=1");
        assertThatThrownBy(() -> board.embeddingsMetadata("words.tsv"))
                .isInstanceOf(NotSupportedException.class)
                .hasMessageContaining("Received: embeddings_metadata=words.tsv");
    }

    @Test
    void wrongValues_areRefused() {
        TensorBoard board = TensorBoard.of();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> board.updateFreq("samples"))
                .withMessage(
                        "Invalid `update_freq`: must be 'epoch', 'batch' or a positive integer. Received: \"samples\"");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> board.updateFreq(0))
                .withMessageEndingWith("Received: 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> board.histogramFreq(-1))
                .withMessage("Invalid `histogram_freq`: must not be negative. Received: -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> board.profileBatch(3, 2))
                .withMessageStartingWith("profile_batch must be a non-negative integer")
                .withMessageEndingWith("Found: (3, 2)");
    }
}
