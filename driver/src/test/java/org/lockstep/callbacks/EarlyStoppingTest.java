package org.lockstep.callbacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EarlyStoppingTest {

    private static final double[] LOSSES = {0.9, 0.5, 0.6, 0.7, 0.4, 0.45, 0.8, 0.3, 0.31, 0.32, 0.33, 0.2};

    private final RecordedModel model = new RecordedModel(0.1);

    @Test
    void run_thatStops_saysSoAndRestoresTheBestEpoch() {
        EarlyStopping stopping =
                Runs.begun(EarlyStopping.of().patience(3).verbose(1).restoreBestWeights(true), model);
        Runs.epochs(stopping, model, "val_loss", LOSSES, 0, LOSSES.length);
        assertThat(stopping.stoppedEpoch()).isEqualTo(10);
        assertThat(Heard.printed(() -> stopping.onTrainEnd(Map.of()))).isEqualTo("""
                        Epoch 11: early stopping
                        Restoring model weights from the end of the best epoch: 8.
                        """);
        assertThat(model.weight).isEqualTo(7);
    }

    @Test
    void run_thatIsNotStopped_restoresTheBestEpochAllTheSame() {
        EarlyStopping stopping = Runs.begun(EarlyStopping.of().patience(9).restoreBestWeights(true), model);
        Runs.epochs(stopping, model, "val_loss", LOSSES, 0, 4);
        assertThat(Heard.printed(() -> stopping.onTrainEnd(Map.of()))).isEmpty();
        assertThat(model.weight).isEqualTo(1);
    }

    @Test
    void monitor_thatIsMissing_isWarnedOf() {
        EarlyStopping stopping = Runs.begun(EarlyStopping.of(), model);
        assertThat(Heard.warnings(() -> Runs.epoch(stopping, 0, Map.of("loss", 1.0))))
                .containsExactly("Early stopping conditioned on metric `val_loss` which is not available. "
                        + "Available metrics are: loss");
        assertThat(model.isStopped()).isFalse();
    }

    @Test
    void mode_unknown_isWarnedOfAndTakenForAuto() {
        EarlyStopping[] stopping = new EarlyStopping[1];
        assertThat(Heard.warnings(() -> stopping[0] = EarlyStopping.of().mode("best")))
                .containsExactly("EarlyStopping mode 'best' is unknown, fallback to auto mode.");
        Runs.epochs(Runs.begun(stopping[0], model), model, "val_loss", new double[] {1, 0.5, 0.6}, 0, 3);
        assertThat(stopping[0].stoppedEpoch()).isEqualTo(2);
    }

    @Test
    void monitor_thatNobodyKnows_isRefusedBeforeTraining() {
        assertThatThrownBy(() -> Runs.begun(EarlyStopping.of().monitor("val_f1"), model))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "EarlyStopping callback received monitor=val_f1, but Keras isn't able to automatically determine"
                                + " whether that metric should be maximized or minimized. Pass `mode='max'` in order to monitor"
                                + " based on the highest metric value, or pass `mode='min'` in order to use the lowest value.");
    }

    @Test
    void callback_usedAgain_beginsAnew() {
        EarlyStopping stopping = Runs.begun(EarlyStopping.of().patience(2), model);
        Runs.epochs(stopping, model, "val_loss", new double[] {0.1, 0.5, 0.5}, 0, 3);
        RecordedModel second = new RecordedModel(0.1);
        Runs.epochs(Runs.begun(stopping, second), second, "val_loss", new double[] {0.9, 0.8, 0.7}, 0, 3);
        assertThat(second.isStopped()).isFalse();
        assertThat(stopping.stoppedEpoch()).isZero();
        assertThat(stopping.bestEpoch()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 6, 8, 10})
    void resumed_atAnyEpoch_endsAsTheUndisturbedRun(int at) {
        RecordedModel resumedModel = new RecordedModel(0.1);
        EarlyStopping first = Runs.begun(stopping(), model);
        Runs.epochs(first, model, "val_loss", LOSSES, 0, at);
        EarlyStopping second = Runs.begun(stopping(), resumedModel);
        second.restore(Runs.stored(first.state()));
        Runs.epochs(second, resumedModel, "val_loss", LOSSES, at, LOSSES.length);
        second.onTrainEnd(Map.of());

        Runs.epochs(first, model, "val_loss", LOSSES, at, LOSSES.length);
        first.onTrainEnd(Map.of());
        assertThat(second.stoppedEpoch()).isEqualTo(first.stoppedEpoch());
        assertThat(resumedModel.weight).isEqualTo(model.weight).isEqualTo(7);
    }

    private static EarlyStopping stopping() {
        return EarlyStopping.of().patience(3).restoreBestWeights(true);
    }
}
