package org.lockstep.driver.launch;

import java.util.List;
import java.util.function.Supplier;
import org.lockstep.data.Shard;
import org.lockstep.executor.spark.TaskEnd;
import org.lockstep.executor.worker.RunOrder;

/** A job that reads a run's data; where executors have lost some, they are brought back and the job runs again. */
final class ReadingJob {

    /** Executors may die again while a job is repeated. */
    private static final int ATTEMPTS = 4;

    private ReadingJob() {}

    /** Brings back what is missing, as far as the driver knows. */
    static void prepare(RunOrder order) {
        order.shards().forEach(Shard::prepare);
    }

    /** The ends of the tasks of a job; those of its last attempt if data were missing each time. */
    static <T> List<TaskEnd<T>> run(RunOrder order, Supplier<List<TaskEnd<T>>> job) {
        List<TaskEnd<T>> ends = job.get();
        for (int attempt = 1; attempt < ATTEMPTS && isDataLost(ends); attempt++) {
            prepare(order);
            ends = job.get();
        }
        return ends;
    }

    private static <T> boolean isDataLost(List<TaskEnd<T>> ends) {
        return ends.stream()
                .anyMatch(end -> end.failure() != null && end.failure().isLostData());
    }
}
