package org.lockstep.driver.checkpoint;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lockstep.data.Window;
import org.lockstep.executor.Cursor;
import org.lockstep.executor.Kernel;
import org.lockstep.executor.TrainState;
import org.lockstep.report.Totals;

/** What a checkpoint's JSON file says: all of the checkpoint but its arrays. Doubles are exact in decimal, too. */
final class Metadata {

    private Metadata() {}

    static Map<String, @Nullable Object> plain(
            Entry arrays, Checkpoint checkpoint, List<? extends @Nullable Object> callbacks, RunIdentity run) {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>(arrays.plain());
        TrainState state = checkpoint.state();
        Map<String, Object> numbers = new LinkedHashMap<>();
        numbers.put("iterations", state.iterations());
        numbers.put("learning_rate", state.learningRate());
        numbers.put("sha256", state.sha256());
        plain.put("state", numbers);
        plain.put("cursor", plain(checkpoint.cursor()));
        plain.put("totals", plain(checkpoint.totals()));
        plain.put("stopped", checkpoint.stopped());
        plain.put("kernel", plain(checkpoint.kernel()));
        plain.put("callbacks", callbacks);
        plain.put("run", run.plain());
        return plain;
    }

    private static Map<String, Object> plain(Cursor cursor) {
        Map<String, Object> plain = new LinkedHashMap<>();
        Window window = cursor.window();
        plain.put("epoch", window.epoch());
        plain.put("step", cursor.step());
        plain.put("order", window.order());
        plain.put("replay", window.replay());
        plain.put("from", window.from());
        plain.put("count", window.count());
        plain.put("seed", cursor.seed());
        plain.put("shards", cursor.shards());
        plain.put("batch_size", cursor.batchSize());
        plain.put("threads", cursor.threads());
        return plain;
    }

    static Cursor cursor(Fields fields) {
        Window window = new Window(
                fields.integer("epoch"),
                fields.integer("order"),
                fields.integer("replay"),
                fields.wide("from"),
                fields.wide("count"));
        return new Cursor(
                window,
                fields.integer("step"),
                fields.wide("seed"),
                fields.integer("shards"),
                fields.integer("batch_size"),
                fields.integer("threads"));
    }

    private static @Nullable Map<String, Object> plain(@Nullable Kernel kernel) {
        if (kernel == null) {
            return null;
        }
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("sha256", kernel.sha256());
        plain.put("engine", kernel.engine());
        plain.put("threads", kernel.threads());
        plain.put("java", kernel.java());
        plain.put("platform", kernel.platform());
        return plain;
    }

    /** The first checkpoints do not say. */
    private static @Nullable Kernel kernel(Fields metadata) {
        if (metadata.values().get("kernel") == null) {
            return null;
        }
        Fields kernel = metadata.object("kernel");
        return new Kernel(
                kernel.text("sha256"),
                kernel.text("engine"),
                kernel.integer("threads"),
                kernel.text("java"),
                kernel.text("platform"));
    }

    private static Map<String, Object> plain(Totals.Snapshot totals) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("weighted_loss", totals.weightedLoss());
        plain.put("samples", totals.samples());
        plain.put("metrics", totals.metrics());
        return plain;
    }

    /** The checkpoint around a state that has been read. */
    static Checkpoint checkpoint(Fields metadata, TrainState state, byte[] arrays) {
        Fields totals = metadata.object("totals");
        return new Checkpoint(
                state,
                new Totals.Snapshot(totals.number("weighted_loss"), totals.wide("samples"), totals.numbers("metrics")),
                CallbackCodec.decode(metadata, arrays),
                metadata.flag("stopped"),
                kernel(metadata));
    }
}
