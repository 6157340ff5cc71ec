package org.lockstep.driver.launch;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.lockstep.data.Window;
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

    /** The sums over the samples of each step, all shards together. */
    public List<BatchSums> run(float[] weights, Window window) {
        Broadcast<float[]> sent = spark.broadcast(weights);
        try {
            EvaluationTask task = new EvaluationTask(broadcast, sent, window);
            int shards = order.shards().size();
            List<Integer> numbers = IntStream.range(0, shards).boxed().toList();
            String description = order.model().name() + ": validation";
            ReadingJob.prepare(order);
            List<TaskEnd<ArrayList<BatchSums>>> ends = ReadingJob.run(
                    order,
                    () -> Described.as(
                            spark,
                            description,
                            () -> spark.parallelize(numbers, shards)
                                    .map(task::run)
                                    .collect()));
            TrainingException.throwFirst("evaluate", ends);
            List<List<BatchSums>> byShard = new ArrayList<>();
            ends.forEach(end -> byShard.add(Objects.requireNonNull(end.result())));
            return steps(byShard);
        } finally {
            sent.destroy();
        }
    }

    /** Sums of a step over shards, in canonical order; a shard that has run out adds none. */
    private List<BatchSums> steps(List<List<BatchSums>> byShard) {
        int steps = byShard.stream().mapToInt(List::size).max().orElse(0);
        BatchSums none = BatchSums.none(order.compile().metrics().size());
        List<BatchSums> sums = new ArrayList<>();
        for (int step = 0; step < steps; step++) {
            int at = step;
            sums.add(order.tree()
                    .sum(range -> range.size() > 1 ? null : at(byShard.get(range.from()), at, none), BatchSums::plus));
        }
        return sums;
    }

    private static BatchSums at(List<BatchSums> sums, int step, BatchSums none) {
        return step < sums.size() ? sums.get(step) : none;
    }

    public RunOrder order() {
        return order;
    }

    @Override
    public void close() {
        EndOfRun.everywhere(spark, order.runId());
        broadcast.destroy();
    }
}
