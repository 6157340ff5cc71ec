package org.lockstep.driver.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.lockstep.conf.CompileConf;
import org.lockstep.conf.json.Json;
import org.lockstep.data.Window;
import org.lockstep.executor.Cursor;
import org.lockstep.executor.Kernel;
import org.lockstep.executor.TrainState;
import org.lockstep.layers.BatchNormalization;
import org.lockstep.layers.Dense;
import org.lockstep.losses.Loss;
import org.lockstep.model.Sequential;
import org.lockstep.optimizers.Adam;
import org.lockstep.report.Totals;

/** A small run and checkpoints of it. */
final class Runs {

    static final RunIdentity RUN = run(3, Map.of("batch_size", 32, "seed", 7L));

    private Runs() {}

    static RunIdentity run(int units, Map<String, Object> settings) {
        Sequential model = Sequential.of(Dense.of(units).inputShape(4), BatchNormalization.of(), Dense.of(2));
        return new RunIdentity(model, CompileConf.of(Adam.of(), Loss.of("mse")), settings);
    }

    static TrainState state(int epoch, int step) {
        TrainState state = TrainState.initial(RUN.model(), RUN.compile().optimizer(), 31L * epoch + step);
        state.iterations(100L * epoch + step);
        state.learningRate(1.0 / (3 + step));
        state.cursor(new Cursor(Window.of(epoch, 100), step, 7, 2, 32, 1));
        return state;
    }

    static Checkpoint checkpoint(int epoch, int step) {
        return checkpoint(state(epoch, step));
    }

    static final Kernel KERNEL = new Kernel("ab12", "an engine", 2, "Java 17", "Linux");

    static Checkpoint checkpoint(TrainState state) {
        List<CallbackState> callbacks =
                List.of(new CallbackState("Best", Map.of("weights", new float[] {1, 2, 3}, "wait", 2)));
        Totals.Snapshot totals = new Totals.Snapshot(0.1, 64, List.of(0.5, 64.0));
        return new Checkpoint(state, totals, callbacks, false, KERNEL);
    }

    static void assertSame(Checkpoint actual, Checkpoint expected) {
        assertThat(actual.state().sha256()).isEqualTo(expected.state().sha256());
        assertThat(actual.cursor()).isEqualTo(expected.cursor());
        assertThat(actual.totals()).isEqualTo(expected.totals());
        assertThat(actual.stopped()).isEqualTo(expected.stopped());
        assertThat(actual.kernel()).isEqualTo(expected.kernel());
        assertThat(text(actual.callbacks())).isEqualTo(text(expected.callbacks()));
    }

    /** With the bits of all floats and the types of all numbers. */
    private static String text(List<CallbackState> callbacks) {
        CallbackCodec codec = new CallbackCodec();
        String states = Json.write(codec.encode(callbacks));
        ByteArrayOutputStream arrays = new ByteArrayOutputStream();
        try {
            codec.write(arrays);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return states + Arrays.toString(arrays.toByteArray());
    }
}
