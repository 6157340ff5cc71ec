package org.lockstep.driver.launch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.lockstep.data.Window;
import org.lockstep.executor.Kernel;
import org.lockstep.executor.TrainState;
import org.lockstep.executor.exchange.MemoryExchange;
import org.lockstep.executor.exchange.Node;
import org.lockstep.executor.exchange.NonFiniteException;
import org.lockstep.executor.exchange.StepOutcome;
import org.lockstep.executor.spark.SegmentMetrics;
import org.lockstep.executor.spark.StepResult;
import org.lockstep.executor.spark.StepTask;
import org.lockstep.executor.spark.TaskEnd;
import org.lockstep.executor.worker.RunOrder;
import org.lockstep.executor.worker.Segment;
import org.lockstep.executor.worker.SegmentEnd.Reason;
import org.lockstep.executor.worker.Worker.StepListener;
import org.lockstep.report.StepReport;
import org.lockstep.report.Timing;

/**
 * A plain Spark job per step: weights are broadcast, gradient sums come back tagged with the shards that they cover, and
 * the driver adds them up in canonical order and updates. Works on any cluster, slowly.
 */
public final class DriverLauncher implements Launcher {

    private final JavaSparkContext spark;
    private final RunOrder order;
    private final Broadcast<RunOrder> broadcast;
    private final int workers;
    private final Kernels kernels;
    private final PlacedJob job;

    public DriverLauncher(JavaSparkContext spark, RunOrder order, int workers, Kernels kernels) {
        this.spark = spark;
        this.order = order;
        this.workers = workers;
        this.kernels = kernels;
        this.job = new PlacedJob(spark, workers);
        this.broadcast = spark.broadcast(order);
    }

    @Override
    public SegmentOutcome run(Segment segment, TrainState state, SegmentListener listener) {
        ReadingJob.prepare(order);
        MemoryExchange exchange =
                MemoryExchange.of(order.model(), order.compile().optimizer(), order.tree(), 1, state);
        WorkerTimes times = new WorkerTimes(workers);
        for (int step = segment.fromStep(); step < segment.toStep(); step++) {
            long from = System.nanoTime();
            List<StepResult> results = gradients(segment.window(), step, state);
            StepOutcome outcome;
            try {
                outcome = exchange.step(0, nodes(results));
            } catch (NonFiniteException e) {
                TrainingException failure = failed(segment, e.at(step));
                return new SegmentOutcome(state, step, Reason.NON_FINITE, failure, times.all(), times.queues());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw failed(segment, e);
            }
            if (outcome.isEmpty()) {
                return new SegmentOutcome(state, step, Reason.OUT_OF_DATA, null, times.all(), times.queues());
            }
            Timing timing = times.add(results, System.nanoTime() - from);
            if (!listen(listener, outcome.report(segment.epoch(), step, timing), state)) {
                return new SegmentOutcome(state, step + 1, Reason.STOPPED, null, times.all(), times.queues());
            }
        }
        return new SegmentOutcome(state, segment.toStep(), Reason.DONE, null, times.all(), times.queues());
    }

    /** Whether to go on; an interruption ends the segment, and is remembered. */
    private static boolean listen(StepListener listener, StepReport report, TrainState state) {
        try {
            return listener.stepEnded(report, state) && !Thread.currentThread().isInterrupted();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static TrainingException failed(Segment segment, Exception cause) {
        return TrainingException.onDriver("train epoch " + (segment.epoch() + 1), cause);
    }

    private List<StepResult> gradients(Window window, int step, TrainState state) {
        float[] weights = new float[state.weights().capacity()];
        state.weights().get(0, weights);
        Broadcast<float[]> sent = spark.broadcast(weights);
        try {
            StepTask task = new StepTask(broadcast, sent, window, step, workers, SegmentMetrics.of(spark.sc()));
            String description = Described.step(window.epoch(), step, order);
            List<TaskEnd<StepResult>> ends =
                    ReadingJob.run(order, () -> Described.as(spark, description, () -> job.run(task::run)));
            TrainingException.throwFirst("train epoch " + (window.epoch() + 1), ends);
            List<StepResult> results = new ArrayList<>();
            Map<String, Kernel> found = new LinkedHashMap<>();
            for (TaskEnd<StepResult> end : ends) {
                StepResult result = Objects.requireNonNull(end.result());
                results.add(result);
                found.put(end.location(), result.kernel());
            }
            kernels.found(found);
            return results;
        } finally {
            sent.destroy();
        }
    }

    private static List<Node> nodes(List<StepResult> results) {
        List<Node> nodes = new ArrayList<>();
        results.forEach(result -> result.nodes().forEach(data -> nodes.add(data.node())));
        return nodes;
    }

    @Override
    public void close() {
        EndOfRun.everywhere(spark, order.runId());
        broadcast.destroy();
    }
}
