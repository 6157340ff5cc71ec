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

    /** From one look at the executors to the next, while tasks have not come. */
    private static final Duration LOOK = Duration.ofMillis(100);

    /** The same while they train. */
    private static final Duration RARE_LOOK = Duration.ofMillis(500);

    /** How long a job that is cancelled may take to end; one that Spark has not begun may never. */
    private static final Duration LAST = Duration.ofSeconds(5);

    private final Consumer<Table> introduce;
    private final Newcomers newcomers;
    private final ColdStart coldStart;
    private final Attempt attempt;
    private final Segment segment;
    private final Heard heard;
    private final RunOrder order;
    private final Duration recoveryInterval;
    private final Supplier<JavaFutureAction<List<TaskEnd<WorkerEnd>>>> job;
    private final Point begin;
    private Point point;
    private long patienceEnds = Long.MAX_VALUE;
    private long nextLook;
    private long cutAt;
    private long cancelled;
    private boolean isCancelled;
    private boolean isOutgrown;

    /**
     * An attempt that has not begun.
     *
     * @param begin what it begins with
     * @param introduce told who takes part
     * @param coldStart how long an executor may take until it has a line to the driver
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
            Newcomers newcomers,
            ColdStart coldStart,
            Supplier<JavaFutureAction<List<TaskEnd<WorkerEnd>>>> job) {
        this.introduce = introduce;
        this.newcomers = newcomers;
        this.coldStart = coldStart;
        this.attempt = attempt;
        this.begin = begin;
        this.point = begin;
        this.segment = segment;
        this.heard = heard;
        this.order = order;
        this.recoveryInterval = recoveryInterval;
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
            end = running.isDone()
                    ? AttemptEnd.of(what, running.get(), attempt, heard.next())
                    : AttemptEnd.of(
                            what, new IllegalStateException("its job does not end"), attempt, heard.next(), true);
        } catch (ExecutionException | CancellationException e) {
            Throwable cause = e.getCause();
            end = AttemptEnd.of(what, cause instanceof Exception known ? known : e, attempt, heard.next(), isCancelled);
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
        return Cancellable.start(spark, Described.epoch(segment.epoch(), order), job);
    }

    private void attend(JavaSparkContext spark, JavaFutureAction<List<TaskEnd<WorkerEnd>>> running) {
        MissingTasks missing = new MissingTasks(spark, running, attempt, newcomers, coldStart);
        int count = 0;
        boolean isIntroduced = false;
        while (true) {
            Table table = attempt.table();
            if (!isIntroduced && table != null) {
                isIntroduced = true;
                cutAt = System.nanoTime() + recoveryInterval.toNanos();
                introduce.accept(table);
            }
            boolean over = running.isDone() || isAbandoned();
            if (!over) {
                checkTime(spark, running, missing);
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

    private boolean isAbandoned() {
        return isCancelled && System.nanoTime() - cancelled > LAST.toNanos();
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
            boolean goesOn = heard.stepEnded(report, attempt.state()) && System.nanoTime() < cutAt && !isOutgrown;
            attempt.heard(count, goesOn, false);
            return;
        }
        TrainState state = ended(report.step() + 1);
        long before = Point.fingerprint(state);
        boolean goesOn = heard.stepEnded(report, state);
        boolean isChanged = Point.fingerprint(state) != before;
        point = new Point(state.copy(), report.step() + 1, Point.UNKNOWN);
        attempt.heard(count, goesOn && !isOutgrown, isChanged);
    }

    /** What the executors have brought back, counted as after these steps. */
    private TrainState ended(int nextStep) {
        TrainState state = attempt.state();
        state.iterations(begin.state().iterations() + nextStep - begin.step());
        return state;
    }

    private void checkTime(JavaSparkContext spark, JavaFutureAction<?> running, MissingTasks missing) {
        long now = System.nanoTime();
        attempt.checkDeadline();
        if (now >= nextLook) {
            if (attempt.table() == null) {
                nextLook = now + LOOK.toNanos();
                missing.look();
            } else {
                nextLook = now + RARE_LOOK.toNanos();
                look(spark);
            }
        }
        Attempt.Failure failure = attempt.failure();
        if ((failure != null || heard.isInterrupted()) && patienceEnds == Long.MAX_VALUE) {
            boolean isVain = failure != null && missing.areVain(failure);
            patienceEnds = now + (isVain ? 0 : GRACE.toNanos());
        }
        if (!isCancelled && patienceEnds != Long.MAX_VALUE && now >= patienceEnds) {
            isCancelled = true;
            cancelled = now;
            if (failure != null) {
                String why = failure.reason();
                missing.silent(failure).forEach(executor -> LiveExecutors.replace(spark, executor, why));
            }
            running.cancel(true);
        }
    }

    private void look(JavaSparkContext spark) {
        newcomers.look();
        // A recovery point costs less than to train on with fewer.
        isOutgrown = newcomers.slots(LiveExecutors.slots(spark)) > attempt.tasks()
                && attempt.tasks() < order.shards().size();
    }
}
