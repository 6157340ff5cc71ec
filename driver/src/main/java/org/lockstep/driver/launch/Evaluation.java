package org.lockstep.driver.launch;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.lockstep.data.BadRecords;
import org.lockstep.data.Window;
import org.lockstep.executor.spark.EvaluatedShard;
import org.lockstep.executor.spark.EvaluationTask;
import org.lockstep.executor.spark.SentWeights;
import org.lockstep.executor.spark.TaskEnd;
import org.lockstep.executor.step.BatchSums;
import org.lockstep.executor.worker.RunOrder;
import org.lockstep.metrics.Logged;

/** Loss and metrics over held-out shards: some for each task, their sums added in canonical order. */
public final class Evaluation implements AutoCloseable {

    private final JavaSparkContext spark;
    private final RunOrder order;
    private final BadRecords skipped;
    private final Broadcast<RunOrder> broadcast;
    private final int workers;
    private final PlacedJob job;

    /**
     * Evaluations of a model on some data.
     *
     * @param skipped counts the records that are left out of their batches
     */
    public Evaluation(JavaSparkContext spark, RunOrder order, BadRecords skipped) {
        this.skipped = skipped;
        this.spark = spark;
        this.order = order;
        this.broadcast = spark.broadcast(order);
        this.workers = Math.min(
                order.shards().size(), Launchers.slots(spark, order.threads()).count());
        this.job = new PlacedJob(spark, workers);
    }

    /** Hears of the sums over the samples of a step, 0-based, all shards together. */
    @FunctionalInterface
    public interface StepSums {
        void add(int step, BatchSums sums);
    }

    /**
     * Evaluates a window's steps, in order.
     *
     * @param isWatched whether the steps are told of while others are still to come, for the price of more jobs
     */
    public void run(FloatBuffer weights, Window window, boolean isWatched, StepSums heard) {
        try (SentWeights sent = SentWeights.of(spark, weights)) {
            ReadingJob.prepare(order);
            Pace pace = new Pace(isWatched);
            int all = order.updates(window);
            int done = 0;
            boolean isOver = false;
            while (!isOver) {
                int to = (int) Math.min(all, (long) done + pace.next(System.nanoTime()));
                List<BatchSums> steps = steps(job(new EvaluationTask(broadcast, sent, window, workers, done, to)));
                for (BatchSums sums : steps) {
                    heard.add(done++, sums);
                }
                isOver = done < to || done == all;
            }
        }
    }

    private List<List<BatchSums>> job(EvaluationTask task) {
        String description = order.model().name() + ": validation";
        List<TaskEnd<ArrayList<EvaluatedShard>>> ends =
                ReadingJob.run(order, () -> Described.as(spark, description, () -> job.run(task::run)));
        TrainingException.throwFirst("evaluate", ends);
        List<List<BatchSums>> byShard = new ArrayList<>();
        for (TaskEnd<ArrayList<EvaluatedShard>> end : ends) {
            for (EvaluatedShard shard : Objects.requireNonNull(end.result())) {
                byShard.add(shard.steps());
                skipped.addAll(shard.skipped());
            }
        }
        return byShard;
    }

    /** Sums of a step over shards, in canonical order; a shard that has run out adds none. */
    private List<BatchSums> steps(List<List<BatchSums>> byShard) {
        int steps = byShard.stream().mapToInt(List::size).max().orElse(0);
        BatchSums none = BatchSums.none(Logged.numbers(order.compile().logged()));
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
