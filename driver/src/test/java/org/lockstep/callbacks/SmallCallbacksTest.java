package org.lockstep.callbacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TerminateOnNaN and LambdaCallback. */
class SmallCallbacksTest {

    private final RecordedModel model = new RecordedModel(0.1);

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void terminateOnNaN_lossThatIsNoNumber_stopsAtThatStep(double loss) {
        TerminateOnNaN terminate = Runs.begun(TerminateOnNaN.of(), model);
        assertThat(terminate.isSynchronous()).isFalse();
        assertThat(terminate.takesNonFinite()).isTrue();
        terminate.onTrainBatchEnd(6, Map.of("loss", 1e30));
        assertThat(model.isStopped()).isFalse();
        assertThat(Heard.printed(() -> terminate.onTrainBatchEnd(7, Map.of("loss", loss))))
                .isEqualTo("Batch 7: Invalid loss, terminating training\n");
        assertThat(model.isStopped()).isTrue();
    }

    @Test
    void terminateOnNaN_thatRaises_failsTheFit() {
        TerminateOnNaN terminate = Runs.begun(TerminateOnNaN.of().raiseError(true), model);
        assertThatThrownBy(() -> terminate.onTrainBatchEnd(7, Map.of("loss", Double.NaN)))
                .hasMessage(
                        "NaN or Inf loss encountered at batch 7. Loss value: nan. Terminating training immediately.");
        assertThat(model.isStopped()).isFalse();
    }

    @Test
    void lambda_hooksThatAreSet_areCalled() {
        List<String> heard = new ArrayList<>();
        LambdaCallback lambda = LambdaCallback.of()
                .onTrainBegin(logs -> heard.add("begin"))
                .onEpochEnd((epoch, logs) -> heard.add("epoch " + epoch + logs));
        assertThat(lambda.isSynchronous()).isFalse();
        Runs.begun(lambda, model);
        Runs.epoch(lambda, 3, Map.of("loss", 0.5));
        lambda.onTrainBatchEnd(1, Map.of());
        lambda.onTrainEnd(Map.of());
        assertThat(heard).containsExactly("begin", "epoch 3{loss=0.5}");
    }

    @Test
    void lambda_ofBatches_isSynchronousAndHearsOfThemByBothNames() {
        List<String> heard = new ArrayList<>();
        LambdaCallback lambda = LambdaCallback.of()
                .onBatchBegin((batch, logs) -> heard.add("alias " + batch))
                .onTrainBatchEnd((batch, logs) -> heard.add("end " + batch))
                .onBatchEnd((batch, logs) -> heard.add("not called"));
        assertThat(lambda.isSynchronous()).isTrue();
        lambda.onTrainBatchBegin(4, Map.of());
        lambda.onTrainBatchEnd(4, Map.of());
        assertThat(heard).containsExactly("alias 4", "end 4");
        assertThat(LambdaCallback.of().onTestBatchEnd((batch, logs) -> {}).isSynchronous())
                .isFalse();
    }
}
