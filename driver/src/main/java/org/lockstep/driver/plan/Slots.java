package org.lockstep.driver.plan;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tasks that a cluster runs at once so that no core has to do the work of two threads.
 *
 * @param cores of the cluster
 * @param taskCpus {@code spark.task.cpus}
 * @param threadsPerShard threads that a task computes with
 */
public record Slots(String master, int cores, int taskCpus, int threadsPerShard) {

    private static final Pattern LOCAL = Pattern.compile("local(\\[(\\d+|\\*)(\\s*,\\s*\\d+)?\\])?");

    public Slots {
        if (threadsPerShard > cores) {
            throw new IllegalArgumentException(
                    "Invalid `threads_per_shard`: must not be more than the cores of %s, %d. Received: %d"
                            .formatted(master, cores, threadsPerShard));
        }
    }

    /** Whether a Spark master runs its tasks in the driver's JVM. */
    public static boolean isLocal(String master) {
        return LOCAL.matcher(master).matches();
    }

    /** Cores that a local master uses. */
    public static int coresOfLocal(String master) {
        Matcher matcher = LOCAL.matcher(master);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("Invalid `master`: must be a local one. Received: " + master);
        }
        String cores = matcher.group(2);
        int available = Runtime.getRuntime().availableProcessors();
        return cores == null ? 1 : cores.equals("*") ? available : Integer.parseInt(cores);
    }

    /** How many tasks, at least one. */
    public int count() {
        return Math.max(1, cores / Math.max(1, Math.max(taskCpus, threadsPerShard)));
    }

    @Override
    public String toString() {
        return "%d slot(s) = %d core(s) of %s / max(spark.task.cpus %d, threads_per_shard %d)"
                .formatted(count(), cores, master, taskCpus, threadsPerShard);
    }
}
