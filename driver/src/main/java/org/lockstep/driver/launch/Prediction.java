package org.lockstep.driver.launch;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.lockstep.data.Tensor;
import org.lockstep.executor.spark.PredictionTask;
import org.lockstep.executor.spark.TaskEnd;
import org.lockstep.executor.worker.RunOrder;

/** The model's output for many rows: consecutive rows per partition, outputs in the order of the rows. */
public final class Prediction implements AutoCloseable {

    private final JavaSparkContext spark;
    private final RunOrder order;
    private final Broadcast<RunOrder> broadcast;
    private final Broadcast<float[]> weights;

    public Prediction(JavaSparkContext spark, RunOrder order, float[] weights) {
        this.spark = spark;
        this.order = order;
        this.broadcast = spark.broadcast(order);
        this.weights = spark.broadcast(weights);
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
        int[] shape = order.model().outputShape().dimensions();
        shape[0] = x.dimension(0);
        Tensor all = Tensor.zeros(shape);
        int batch = order.batches().batchSize();
        int batches = batches(x.dimension(0));
        Pace pace = new Pace(isWatched);
        int filled = 0;
        int done = 0;
        while (done < batches) {
            int to = (int) Math.min(batches, done + (long) pace.next(System.nanoTime()) * spark.defaultParallelism());
            Tensor rows = x.rows(done * batch, Math.min(x.dimension(0), to * batch));
            for (TaskEnd<Tensor> end : job(rows)) {
                float[] part = Objects.requireNonNull(end.result()).values();
                System.arraycopy(part, 0, all.values(), filled, part.length);
                filled += part.length;
            }
            while (done < to) {
                heard.batch(done++);
            }
        }
        return all;
    }

    private List<TaskEnd<Tensor>> job(Tensor rows) {
        int count = rows.dimension(0);
        int partitions = Math.max(1, Math.min(spark.defaultParallelism(), batches(count)));
        List<Tensor> parts = new ArrayList<>();
        for (int i = 0; i < partitions; i++) {
            parts.add(rows.rows((int) ((long) count * i / partitions), (int) ((long) count * (i + 1) / partitions)));
        }
        PredictionTask task = new PredictionTask(broadcast, weights);
        String description = order.model().name() + ": prediction";
        List<TaskEnd<Tensor>> ends = Described.as(
                spark,
                description,
                () -> spark.parallelize(parts, partitions).map(task::run).collect());
        TrainingException.throwFirst("predict", ends);
        return ends;
    }

    private int batches(int rows) {
        return -Math.floorDiv(-rows, order.batches().batchSize());
    }

    @Override
    public void close() {
        EndOfRun.everywhere(spark, order.runId());
        weights.destroy();
        broadcast.destroy();
    }
}
