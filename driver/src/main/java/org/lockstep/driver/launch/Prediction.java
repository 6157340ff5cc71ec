package org.lockstep.driver.launch;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.lockstep.data.Tensor;
import org.lockstep.executor.spark.HandedOver;
import org.lockstep.executor.spark.PredictionTask;
import org.lockstep.executor.spark.Rows;
import org.lockstep.executor.spark.SentWeights;
import org.lockstep.executor.spark.TaskEnd;
import org.lockstep.executor.worker.RunOrder;

/** The model's output for many rows: consecutive rows per partition, outputs in the order of the rows. */
public final class Prediction implements AutoCloseable {

    private final JavaSparkContext spark;
    private final RunOrder order;
    private final Broadcast<RunOrder> broadcast;
    private final SentWeights weights;
    private final int slots;

    /** Sends a model to be asked for outputs; its weights do not change until this is closed. */
    public Prediction(JavaSparkContext spark, RunOrder order, FloatBuffer weights) {
        this.spark = spark;
        this.order = order;
        this.broadcast = spark.broadcast(order);
        this.weights = SentWeights.of(spark, weights);
        this.slots = Launchers.slots(spark, order.threads()).count();
    }

    /** Hears of a batch, 0-based, whose outputs are there. */
    @FunctionalInterface
    public interface BatchDone {
        void batch(int number);
    }

    /**
     * Outputs for all rows of {@code x}.
     *
     * @param isWatched whether batches are told of while others are still to come, for the price of more jobs
     */
    public Tensor run(Tensor x, boolean isWatched, BatchDone heard) {
        int rows = x.dimension(0);
        int[] shape = order.model().outputShape().dimensions();
        shape[0] = rows;
        Tensor outputs = Tensor.zeros(shape);
        int batch = order.batches().batchSize();
        int batches = batches(rows);
        Pace pace = new Pace(isWatched);
        int filled = 0;
        int done = 0;
        try (HandedOver<Tensor> all = new HandedOver<>(x)) {
            while (done < batches) {
                int to = (int) Math.min(batches, done + (long) pace.next(System.nanoTime()) * slots);
                int toRow = (int) Math.min(rows, (long) to * batch);
                for (TaskEnd<Tensor> end : job(parts(x, all, done * batch, toRow))) {
                    float[] part = Objects.requireNonNull(end.result()).values();
                    System.arraycopy(part, 0, outputs.values(), filled, part.length);
                    filled += part.length;
                }
                while (done < to) {
                    heard.batch(done++);
                }
            }
        }
        return outputs;
    }

    /** A part of some rows for each task. */
    private List<Rows> parts(Tensor x, HandedOver<Tensor> all, int fromRow, int toRow) {
        int count = toRow - fromRow;
        int tasks = Math.max(1, Math.min(slots, batches(count)));
        List<Rows> parts = new ArrayList<>();
        for (int i = 0; i < tasks; i++) {
            int from = fromRow + (int) ((long) count * i / tasks);
            int to = fromRow + (int) ((long) count * (i + 1) / tasks);
            parts.add(spark.isLocal() ? new Rows.Shared(all, from, to - from) : new Rows.Own(x.rows(from, to)));
        }
        return parts;
    }

    private List<TaskEnd<Tensor>> job(List<Rows> parts) {
        PredictionTask task = new PredictionTask(broadcast, weights);
        String description = order.model().name() + ": prediction";
        List<TaskEnd<Tensor>> ends = Described.as(
                spark,
                description,
                () -> spark.parallelize(parts, parts.size()).map(task::run).collect());
        TrainingException.throwFirst("predict", ends);
        return ends;
    }

    private int batches(int rows) {
        return -Math.floorDiv(-rows, order.batches().batchSize());
    }

    @Override
    public void close() {
        EndOfRun.everywhere(spark, order.runId());
        weights.close();
        broadcast.destroy();
    }
}
