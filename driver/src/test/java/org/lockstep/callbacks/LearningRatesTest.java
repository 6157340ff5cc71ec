package org.lockstep.callbacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The callbacks that set the learning rate. */
class LearningRatesTest {

    private final RecordedModel model = new RecordedModel(0.1);

    @Test
    void plateau_reduction_isPrintedAndLoggedWithTheRateBefore() {
        ReduceLROnPlateau plateau =
                Runs.begun(ReduceLROnPlateau.of().factor(0.5).patience(1).verbose(1), model);
        Runs.epoch(plateau, 0, Map.of("val_loss", 1.0));
        Map<String, Double> logs = new LinkedHashMap<>(Map.of("val_loss", 1.0));
        assertThat(Heard.printed(() -> plateau.onEpochEnd(1, logs)))
                .isEqualTo("\nEpoch 2: ReduceLROnPlateau reducing learning rate to 0.05000000074505806.\n");
        assertThat(logs).containsEntry("learning_rate", (double) 0.1f);
        assertThat(model.learningRate()).isEqualTo((double) 0.05f);
    }

    @Test
    void plateau_factorOfOne_refused() {
        assertThatThrownBy(() -> ReduceLROnPlateau.of().factor(1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("ReduceLROnPlateau does not support a factor >= 1.0. Received factor=1.0");
    }

    @Test
    void plateau_missingMonitor_isWarnedOfWithTheRateAmongTheLogs() {
        ReduceLROnPlateau plateau = Runs.begun(ReduceLROnPlateau.of(), model);
        assertThat(Heard.warnings(() -> Runs.epoch(plateau, 0, Map.of("loss", 1.0))))
                .containsExactly("Learning rate reduction is conditioned on metric `val_loss` which is not available. "
                        + "Available metrics are: loss,learning_rate.");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 6, 9})
    void plateau_resumedAtAnyEpoch_goesOnAsTheUndisturbedRun(int at) {
        double[] losses = new double[12];
        Arrays.fill(losses, 4, losses.length, 0.5);
        ReduceLROnPlateau first = Runs.begun(plateau(), model);
        Runs.epochs(first, model, "val_loss", losses, 0, at);
        RecordedModel resumed = new RecordedModel(model.learningRate());
        ReduceLROnPlateau second = Runs.begun(plateau(), resumed);
        second.restore(Runs.stored(first.state()));
        Runs.epochs(second, resumed, "val_loss", losses, at, losses.length);
        Runs.epochs(first, model, "val_loss", losses, at, losses.length);
        assertThat(resumed.learningRate()).isEqualTo(model.learningRate()).isLessThan(0.02);
    }

    private static ReduceLROnPlateau plateau() {
        return ReduceLROnPlateau.of().patience(2).cooldown(2).factor(0.5);
    }

    @Test
    void scheduler_ofEpochAndRate_setsTheRateAndLogsIt() {
        LearningRateScheduler scheduler = Runs.begun(
                LearningRateScheduler.of((epoch, rate) -> epoch == 0 ? rate : rate / 2)
                        .verbose(1),
                model);
        assertThat(Heard.printed(() -> scheduler.onEpochBegin(0, new LinkedHashMap<>())))
                .isEqualTo("\nEpoch 1: LearningRateScheduler setting learning rate to 0.10000000149011612.\n");
        assertThat(Heard.printed(() -> scheduler.onEpochBegin(1, new LinkedHashMap<>())))
                .isEqualTo("\nEpoch 2: LearningRateScheduler setting learning rate to 0.05000000074505806.\n");
        Map<String, Double> logs = new LinkedHashMap<>(Map.of("loss", 1.0));
        scheduler.onEpochEnd(1, logs);
        assertThat(logs).containsEntry("learning_rate", (double) 0.05f);
    }

    @Test
    void scheduler_ofTheEpochAlone_setsTheRate() {
        LearningRateScheduler scheduler = Runs.begun(LearningRateScheduler.of(epoch -> 1.0 / (epoch + 1)), model);
        assertThat(Heard.printed(() -> scheduler.onEpochBegin(3, new LinkedHashMap<>())))
                .isEmpty();
        assertThat(model.learningRate()).isEqualTo(0.25);
    }
}
