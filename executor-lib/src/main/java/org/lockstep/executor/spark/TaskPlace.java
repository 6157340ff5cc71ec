package org.lockstep.executor.spark;

import org.apache.spark.SparkEnv;
import org.apache.spark.storage.BlockManagerId;

/** The executor that a task runs on. */
final class TaskPlace {

    private TaskPlace() {}

    private static BlockManagerId executor() {
        return SparkEnv.get().blockManager().blockManagerId();
    }

    /** For a reader. */
    static String name() {
        return "executor %s (%s)".formatted(executor().executorId(), executor().host());
    }

    /** For Spark's scheduler: {@code executor_host_id}. */
    static String location() {
        return "executor_%s_%s".formatted(executor().host(), executor().executorId());
    }
}
