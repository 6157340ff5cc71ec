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
public final class Prediction {

    private Prediction() {}

    /** Outputs for all rows of {@code x}. */
    public static Tensor run(JavaSparkContext spark, RunOrder order, float[] weights, Tensor x) {
        int rows = x.dimension(0);
        int batch = order.batches().batchSize();
        int partitions = Math.max(1, Math.min(spark.defaultParallelism(), -Math.floorDiv(-rows, batch)));
        List<Tensor> parts = new ArrayList<>();
        for (int i = 0; i < partitions; i++) {
            parts.add(x.rows((int) ((long) rows * i / partitions), (int) ((long) rows * (i + 1) / partitions)));
        }
        Broadcast<RunOrder> broadcast = spark.broadcast(order);
        Broadcast<float[]> sent = spark.broadcast(weights);
        try {
            PredictionTask task = new PredictionTask(broadcast, sent);
            List<TaskEnd<Tensor>> ends =
                    spark.parallelize(parts, partitions).map(task::run).collect();
            TrainingException.throwFirst("predict", ends);
            return join(order.model().outputShape().dimensions(), rows, ends);
        } finally {
            EndOfRun.everywhere(spark, order.runId());
            sent.destroy();
            broadcast.destroy();
        }
    }

    private static Tensor join(int[] shape, int rows, List<TaskEnd<Tensor>> ends) {
        shape[0] = rows;
        Tensor all = Tensor.zeros(shape);
        int filled = 0;
        for (TaskEnd<Tensor> end : ends) {
            float[] part = Objects.requireNonNull(end.result()).values();
            System.arraycopy(part, 0, all.values(), filled, part.length);
            filled += part.length;
        }
        return all;
    }
}
