package org.lockstep.driver.launch;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.lockstep.executor.spark.ResidentRuns;

/** Tells executors that a run has ended. */
public final class EndOfRun {

    /** Tasks per processor: enough that, most likely, every executor runs one. */
    private static final int TASKS_PER_SLOT = 4;

    private EndOfRun() {}

    /** Frees what the run keeps in this JVM and, through a small job, on executors; what it misses goes when it idles. */
    public static void everywhere(JavaSparkContext spark, String runId) {
        ResidentRuns.end(runId);
        if (!spark.isLocal() && !spark.sc().isStopped()) {
            int tasks = TASKS_PER_SLOT * Math.max(1, spark.defaultParallelism());
            List<Integer> numbers = IntStream.range(0, tasks).boxed().toList();
            spark.parallelize(numbers, tasks).foreach(number -> ResidentRuns.end(runId));
        }
    }
}
