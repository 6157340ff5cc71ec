package org.lockstep.driver.launch;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.lockstep.executor.exchange.ShardRange;
import org.lockstep.executor.spark.EvaluationTask;
import org.lockstep.executor.spark.TaskEnd;
import org.lockstep.executor.step.BatchSums;
import org.lockstep.executor.worker.RunOrder;

/** Loss and metrics over held-out shards: a partition each, their sums added in canonical order. */
public final class Evaluation implements AutoCloseable {

    private final JavaSparkContext spark;
    private final RunOrder order;
    private final Broadcast<RunOrder> broadcast;

    public Evaluation(JavaSparkContext spark, RunOrder order) {
        this.spark = spark;
        this.order = order;
        this.broadcast = spark.broadcast(order);
    }

    /** The sums over all held-out samples. */
    public BatchSums run(float[] weights) {
        Broadcast<float[]> sent = spark.broadcast(weights);
        try {
            EvaluationTask task = new EvaluationTask(broadcast, sent);
            int shards = order.shards().size();
            List<Integer> numbers = IntStream.range(0, shards).boxed().toList();
            List<TaskEnd<BatchSums>> ends =
                    spark.parallelize(numbers, shards).map(task::run).collect();
            TrainingException.throwFirst("evaluate", ends);
            Map<ShardRange, BatchSums> sums = new HashMap<>();
            for (int shard = 0; shard < shards; shard++) {
                sums.put(
                        new ShardRange(shard, shard + 1),
                        Objects.requireNonNull(ends.get(shard).result()));
            }
            return order.tree().sum(sums::get, BatchSums::plus);
        } finally {
            sent.destroy();
        }
    }

    @Override
    public void close() {
        EndOfRun.everywhere(spark, order.runId());
        broadcast.destroy();
    }
}
