package org.lockstep.examples.chaos;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import scala.collection.JavaConverters;

/** Spark's jobs that train: when the last began, what a job does began after it did; and who is at work in them. */
final class JobStarts extends SparkListener {

    private static final String DESCRIPTION = "spark.job.description";

    private final Set<Integer> stages = new HashSet<>();
    private final Map<Long, String> executors = new HashMap<>();
    private long last;

    @Override
    public synchronized void onJobStart(SparkListenerJobStart start) {
        String description = start.properties().getProperty(DESCRIPTION, "");
        if (description.contains(": epoch ")) {
            last = start.time();
            JavaConverters.seqAsJavaList(start.stageIds()).forEach(stage -> stages.add((Integer) stage));
        }
    }

    @Override
    public synchronized void onTaskStart(SparkListenerTaskStart start) {
        if (stages.contains(start.stageId())) {
            executors.put(start.taskInfo().taskId(), start.taskInfo().executorId());
        }
    }

    @Override
    public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
        executors.remove(end.taskInfo().taskId());
    }

    /** Milliseconds of the clock on the wall. */
    synchronized long last() {
        return last;
    }

    /** Executors that train. */
    synchronized Set<String> atWork() {
        return new HashSet<>(executors.values());
    }
}
