package org.lockstep.driver.launch;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.lockstep.executor.rendezvous.Attempt;

/** The tasks of an attempt's job until all have come: lets them begin as soon as they can, and finds those that never come. */
final class MissingTasks {

    private final JavaSparkContext spark;
    private final JavaFutureAction<?> job;
    private final Attempt attempt;
    private final Newcomers newcomers;
    private final ColdStart coldStart;
    private final Set<String> heard = new HashSet<>();
    private boolean isLate;

    /**
     * All tasks of a job.
     *
     * @param coldStart how long an executor may take until it has a line to the driver
     */
    MissingTasks(
            JavaSparkContext spark,
            JavaFutureAction<?> job,
            Attempt attempt,
            Newcomers newcomers,
            ColdStart coldStart) {
        this.spark = spark;
        this.job = job;
        this.attempt = attempt;
        this.newcomers = newcomers;
        this.coldStart = coldStart;
    }

    /** Fails the attempt where a task cannot come any more; to be called now and then. */
    void look() {
        if (attempt.table() != null || attempt.failure() != null) {
            return;
        }
        checkSlots();
        List<LiveExecutors.Given> given = given();
        checkColdStart(given);
        if (given.isEmpty()) {
            // Slots come free one by one, and Spark looks at all of them together only once a second.
            LiveExecutors.offer(spark);
        }
    }

    private List<LiveExecutors.Given> given() {
        return LiveExecutors.of(spark, job, attempt.missing());
    }

    /** Where an executor goes before all tasks have come, Spark would wait for another: better do with those that are left. */
    private void checkSlots() {
        int slots = LiveExecutors.slots(spark);
        if (slots < attempt.tasks()) {
            attempt.giveUp(
                    "only %d of %d slots are left, and not all tasks have come".formatted(slots, attempt.tasks()));
        }
    }

    /** An executor that stopped before it had a line to the driver is silent, and nobody hears that. */
    private void checkColdStart(List<LiveExecutors.Given> given) {
        Instant now = Instant.now();
        for (LiveExecutors.Given one : given) {
            Duration since = Duration.between(one.at(), now);
            if (newcomers.hears(one.executor())) {
                if (heard.add(one.executor())) {
                    coldStart.took(since);
                }
            } else if (coldStart.isOver(since)) {
                isLate = true;
                attempt.lost(one.executor(), coldStart.reason(one.executor(), one.host(), since));
                return;
            }
        }
    }

    /** Whether nobody has begun after a failure, and nobody would of himself. */
    boolean areVain(Attempt.Failure failure) {
        return (failure.lost() == null || isLate) && attempt.table() == null;
    }

    /** The executors that are to blame for a failure because they say nothing. */
    Collection<String> silent(Attempt.Failure failure) {
        if (failure.lost() != null) {
            return List.of(failure.lost());
        }
        if (!attempt.isLate()) {
            return List.of();
        }
        return given().stream().map(LiveExecutors.Given::executor).distinct().toList();
    }
}
