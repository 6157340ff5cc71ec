package org.lockstep.driver.launch;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.SparkStageInfo;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.JavaSparkStatusTracker;
import org.jspecify.annotations.Nullable;

/** Slots that other jobs of the application hold: Spark would let a barrier job wait for them for as long as they do. */
final class TakenSlots {

    /** Tasks that end now may do so. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final long POLL_MILLIS = 20;

    private TakenSlots() {}

    /** Says how many are taken, where fewer than so many are left for some seconds; null where there are enough. */
    static @Nullable String describe(JavaSparkContext spark, int wanted) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            int taken = taken(spark.statusTracker());
            int slots = taken == 0 ? wanted : LiveExecutors.slots(spark);
            if (slots - taken >= wanted || taken == 0) {
                return null;
            }
            if (System.nanoTime() > end || Thread.currentThread().isInterrupted()) {
                return "tasks of other jobs hold %d of the %d slots of %s".formatted(taken, slots, spark.master());
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS));
        }
    }

    private static int taken(JavaSparkStatusTracker tracker) {
        int tasks = 0;
        for (int stage : tracker.getActiveStageIds()) {
            SparkStageInfo info = tracker.getStageInfo(stage);
            tasks += info == null ? 0 : info.numActiveTasks();
        }
        return tasks;
    }
}
