package org.lockstep.driver.launch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.jspecify.annotations.Nullable;
import org.lockstep.executor.TrainState;
import org.lockstep.executor.spark.ResidentRuns;
import org.lockstep.executor.spark.SegmentMetrics;
import org.lockstep.executor.spark.SegmentTask;
import org.lockstep.executor.spark.StepChannel;
import org.lockstep.executor.spark.TaskEnd;
import org.lockstep.executor.worker.RunOrder;
import org.lockstep.executor.worker.Segment;
import org.lockstep.executor.worker.SegmentEnd;
import org.lockstep.executor.worker.SegmentEnd.Reason;
import org.lockstep.report.Timing;

/** One barrier job per segment, its tasks exchanging through the memory of their one JVM: for local masters. */
public final class MemoryLauncher implements Launcher {

    private final JavaSparkContext spark;
    private final RunOrder order;
    private final Broadcast<RunOrder> broadcast;
    private final int workers;
    private final Kernels kernels;
    private final @Nullable TrainState[] copies = new @Nullable TrainState[2];

    public MemoryLauncher(JavaSparkContext spark, RunOrder order, int workers, Kernels kernels) {
        this.spark = spark;
        this.order = order;
        this.workers = workers;
        this.kernels = kernels;
        this.broadcast = spark.broadcast(order);
    }

    @Override
    public SegmentOutcome run(Segment segment, TrainState state, SegmentListener listener) {
        ReadingJob.prepare(order);
        TrainState trained = trained(state);
        Mailbox mailbox = new Mailbox(order.isSynchronous());
        StepChannel.open(order.runId(), trained, mailbox, kernel -> kernels.found(Map.of(spark.master(), kernel)));
        try {
            SegmentTask task = new SegmentTask(broadcast, segment, workers, SegmentMetrics.of(spark.sc()));
            JavaFutureAction<List<TaskEnd<SegmentEnd>>> running = Described.as(
                    spark, Described.epoch(segment.epoch(), order), () -> BarrierJob.start(spark, workers, task::run));
            int reported = mailbox.deliver(listener, running::isDone);
            return outcome(segment, trained, Math.max(segment.fromStep(), reported), ends(running));
        } finally {
            StepChannel.close(order.runId());
        }
    }

    /** A copy of the state: the one that this launcher made before the last, where there is one, so that memory stays flat. */
    private TrainState trained(TrainState state) {
        int free = copies[0] == state ? 1 : 0;
        TrainState before = copies[free];
        if (before != null && before.hasFormOf(state)) {
            before.set(state);
            return before;
        }
        TrainState copy = state.copy();
        copies[free] = copy;
        return copy;
    }

    private SegmentOutcome outcome(Segment segment, TrainState state, int reported, List<TaskEnd<SegmentEnd>> ends) {
        TrainingException failure = TrainingException.first("train epoch " + (segment.epoch() + 1), ends);
        if (failure != null) {
            if (!failure.isNonFinite()) {
                throw failure;
            }
            return new SegmentOutcome(state, reported, Reason.NON_FINITE, failure, List.of(), List.of());
        }
        List<Timing> timings = new ArrayList<>();
        ends.forEach(end -> timings.add(Objects.requireNonNull(end.result()).timing()));
        SegmentEnd end = Objects.requireNonNull(ends.get(0).result());
        return new SegmentOutcome(
                state, end.nextStep(), end.reason(), null, timings, ResidentRuns.drainQueueReports(order.runId()));
    }

    private static <T> List<T> ends(JavaFutureAction<List<T>> done) {
        boolean interrupted = Thread.interrupted();
        try {
            return done.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            throw new IllegalStateException("Cannot be interrupted: the job is over", e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        ResidentRuns.end(order.runId());
        broadcast.destroy();
    }
}
