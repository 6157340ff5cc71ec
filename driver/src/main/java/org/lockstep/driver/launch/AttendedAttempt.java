package org.lockstep.driver.launch;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;
import org.lockstep.executor.TrainState;
import org.lockstep.executor.rendezvous.Attempt;
import org.lockstep.executor.rendezvous.Table;
import org.lockstep.executor.spark.TaskEnd;
import org.lockstep.executor.spark.WorkerEnd;
import org.lockstep.executor.worker.RunOrder;
import org.lockstep.executor.worker.Segment;
import org.lockstep.report.StepReport;

/** The thread that called {@code fit} while an attempt goes on: passes reports on, answers, and ends what does not end. */
final class AttendedAttempt {

    private static final long POLL_MILLIS = 20;

    /** How long workers may take to leave after a failure, or at an interruption, before their job is cancelled. */
    private static final Duration GRACE = Duration.ofSeconds(3);

    private static final String INTERRUPTS = "spark.job.interruptOnCancel";

    private final Consumer<Table> introduce;
    private final Attempt attempt;
    private final Segment segment;
    private final Heard heard;
    private final RunOrder order;
    private final long cutAt;
    private final Supplier<JavaFutureAction<List<TaskEnd<WorkerEnd>>>> job;
    private final Point begin;
    private Point point;
    private long patienceEnds = Long.MAX_VALUE;
    private boolean isCancelled;

    /**
     * An attempt that has not begun.
     *
     * @param begin what it begins with
     * @param introduce told who takes part
     * @param job starts it
     */
    AttendedAttempt(
            Attempt attempt,
            Point begin,
            Segment segment,
            Heard heard,
            RunOrder order,
            Duration recoveryInterval,
            Consumer<Table> introduce,
            Supplier<JavaFutureAction<List<TaskEnd<WorkerEnd>>>> job) {
        this.introduce = introduce;
        this.attempt = attempt;
        this.begin = begin;
        this.point = begin;
        this.segment = segment;
        this.heard = heard;
        this.order = order;
        this.cutAt = System.nanoTime() + recoveryInterval.toNanos();
        this.job = job;
    }

    /** Where to go on: the end, or after a failure the last state that is whole. */
    Point point() {
        return point;
    }

    AttemptEnd run(JavaSparkContext spark) {
        String what = "train epoch " + (segment.epoch() + 1);
        JavaFutureAction<List<TaskEnd<WorkerEnd>>> running = start(spark);
        attend(spark, running);
        AttemptEnd end;
        try {
            end = AttemptEnd.of(what, running.get(), attempt);
        } catch (ExecutionException | CancellationException e) {
            Throwable cause = e.getCause();
            end = AttemptEnd.of(what, cause instanceof Exception known ? known : e, attempt, isCancelled);
        } catch (InterruptedException e) {
            throw new IllegalStateException("Cannot be interrupted: the job is over", e);
        }
        TrainingException failure = end.failure();
        if (failure == null) {
            int next = end.workers().get(0).end().nextStep();
            point = new Point(ended(next), next, attempt.number());
        } else if (failure.isNonFinite()) {
            point = new Point(ended(heard.next()), heard.next(), Point.UNKNOWN);
        }
        return end;
    }

    private JavaFutureAction<List<TaskEnd<WorkerEnd>>> start(JavaSparkContext spark) {
        String before = spark.getLocalProperty(INTERRUPTS);
        // Workers that wait for others, or for data, leave at once when their job is cancelled.
        spark.setLocalProperty(INTERRUPTS, "true");
        try {
            return Described.as(spark, Described.epoch(segment.epoch(), order), job);
        } finally {
            spark.setLocalProperty(INTERRUPTS, before);
        }
    }

    private void attend(JavaSparkContext spark, JavaFutureAction<List<TaskEnd<WorkerEnd>>> running) {
        int count = 0;
        boolean isIntroduced = false;
        while (true) {
            Table table = attempt.table();
            if (!isIntroduced && table != null) {
                isIntroduced = true;
                introduce.accept(table);
            }
            boolean over = running.isDone();
            if (!over) {
                checkTime(spark, running);
            }
            StepReport report = poll(over);
            if (report != null) {
                count++;
                tell(report, count);
            } else if (over) {
                return;
            }
        }
    }

    private @Nullable StepReport poll(boolean over) {
        if (Thread.interrupted()) {
            heard.interrupted();
        }
        try {
            return attempt.poll(over ? 0 : POLL_MILLIS);
        } catch (InterruptedException e) {
            heard.interrupted();
            return null;
        }
    }

    private void tell(StepReport report, int count) {
        if (!order.isSynchronous()) {
            boolean goesOn = heard.stepEnded(report, attempt.state()) && System.nanoTime() < cutAt;
            attempt.heard(count, goesOn, false);
            return;
        }
        TrainState state = ended(report.step() + 1);
        long before = Point.fingerprint(state);
        boolean goesOn = heard.stepEnded(report, state);
        boolean isChanged = Point.fingerprint(state) != before;
        point = new Point(state.copy(), report.step() + 1, Point.UNKNOWN);
        attempt.heard(count, goesOn, isChanged);
    }

    /** What the executors have brought back, counted as after these steps. */
    private TrainState ended(int nextStep) {
        TrainState state = attempt.state();
        state.iterations(begin.state().iterations() + nextStep - begin.step());
        return state;
    }

    private void checkTime(JavaSparkContext spark, JavaFutureAction<List<TaskEnd<WorkerEnd>>> running) {
        attempt.checkDeadline();
        Attempt.Failure failure = attempt.failure();
        if ((failure != null || heard.isInterrupted()) && patienceEnds == Long.MAX_VALUE) {
            patienceEnds = System.nanoTime() + GRACE.toNanos();
        }
        if (!isCancelled && patienceEnds != Long.MAX_VALUE && System.nanoTime() > patienceEnds) {
            isCancelled = true;
            if (failure != null && failure.silent() != null) {
                LiveExecutors.replace(spark, failure.silent());
            }
            running.cancel(true);
        }
    }
}
