package org.lockstep.driver.launch;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.TaskSchedulerImpl;
import org.jspecify.annotations.Nullable;
import scala.collection.JavaConverters;

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
            int taken = taken(spark);
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

    private static int taken(JavaSparkContext spark) {
        return byExecutor(spark).values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Tasks as the scheduler counts them; Spark's status tracker hears of tasks a little later. */
    static Map<String, Integer> byExecutor(JavaSparkContext spark) {
        Map<String, Integer> tasks = new HashMap<>();
        if (spark.sc().taskScheduler() instanceof TaskSchedulerImpl scheduler) {
            JavaConverters.mapAsJavaMapConverter(scheduler.runningTasksByExecutors())
                    .asJava()
                    .forEach((executor, running) -> tasks.put(executor, ((Number) running).intValue()));
        }
        return tasks;
    }
}
