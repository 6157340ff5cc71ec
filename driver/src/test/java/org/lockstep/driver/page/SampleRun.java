package org.lockstep.driver.page;

import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lockstep.data.Batch;
import org.lockstep.data.Tensor;
import org.lockstep.driver.predictions.Judge;
import org.lockstep.driver.predictions.Predictions;
import org.lockstep.losses.Loss;
import org.lockstep.report.EpochLogs;
import org.lockstep.report.EpochTimes;
import org.lockstep.report.QueueTimes;
import org.lockstep.report.Recovery;
import org.lockstep.report.RecoveryPoints;
import org.lockstep.report.SkippedRecords;
import org.lockstep.report.Timing;
import org.lockstep.report.WorkerReport;

/** A run of two epochs on a slow generator: three classes, five held-out samples, one of them mistaken. */
final class SampleRun {

    static final List<EpochLogs> EPOCHS = List.of(
            new EpochLogs(0, logs("accuracy", 0.5, "loss", 2.0, "val_accuracy", 0.6, "val_loss", 1.5)),
            new EpochLogs(1, logs("accuracy", 0.75, "loss", 1.0, "val_accuracy", 0.8, "val_loss", 1.25)));

    static final List<EpochTimes> SLOW_INPUT = List.of(
            new EpochTimes(0, 10, 640, 500_000_000L, 100_000_000L, 300_000_000L, 1_000_000_000L, 250_000_000L),
            new EpochTimes(1, 10, 640, 400_000_000L, 100_000_000L, 460_000_000L, 1_000_000_000L, 250_000_000L));

    static final List<QueueTimes> QUEUES = List.of(
            new QueueTimes(0, 10, 0.25, 700_000_000L, 2_000_000_000L),
            new QueueTimes(1, 10, 0.1, 820_000_000L, 2_000_000_000L));

    private SampleRun() {}

    static RunRecord record() {
        return with(predictions());
    }

    static RunRecord with(Predictions predictions) {
        return new RunRecord(
                "sequential <1> & \"co\"",
                "Model: \"sequential\"\n│ conv2d (Conv2D) │ (None, 26, 26, 8) │",
                EPOCHS,
                SLOW_INPUT,
                QUEUES,
                List.of(
                        new WorkerReport("executor 0 (a)", 100, 200, new Timing(800_000_000, 100_000_000, 0)),
                        new WorkerReport("executor 1 (b)", 100, 200, new Timing(400_000_000, 500_000_000, 0))),
                List.of(new Recovery(1, 7, 5, "executor 1 (b): its connection closed", Instant.EPOCH, 0.75)),
                new RecoveryPoints(3, 0.75, 0.5, 100),
                SkippedRecords.NONE,
                predictions,
                text("engine", "onednn", "shards", "2", "seed", "7"),
                text("batch_size", "64", "workers", "1", "max_queue_size", "10"));
    }

    /** Truths 0 1 2 2 1; the model takes the fourth for 1 with 0.7. */
    static Predictions predictions() {
        Tensor x = Tensor.of(new int[] {5, 2, 2, 1}, new float[20]);
        x.values()[3] = 1;
        Tensor y = Tensor.of(new int[] {5}, 0, 1, 2, 2, 1);
        float[] said = {1, 0, 0, 0, 1, 0, 0, 0.25f, 0.75f, 0, 0.7f, 0.3f, 0, 1, 0};
        Iterator<Batch> held = List.of(new Batch(x, y)).iterator();
        return Judge.of(
                Loss.of("sparse_categorical_crossentropy"),
                List.of("cat", "dog & <wolf>", "owl"),
                held,
                rows -> Tensor.of(new int[] {5, 3}, said));
    }

    private static Map<String, Double> logs(Object... pairs) {
        Map<String, Double> logs = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            logs.put((String) pairs[i], (Double) pairs[i + 1]);
        }
        return logs;
    }

    private static Map<String, String> text(String... pairs) {
        Map<String, String> text = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            text.put(pairs[i], pairs[i + 1]);
        }
        return text;
    }
}
