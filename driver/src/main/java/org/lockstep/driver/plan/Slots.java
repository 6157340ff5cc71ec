package org.lockstep.driver.plan;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many tasks a local master runs at once. */
public final class Slots {

    private static final Pattern LOCAL = Pattern.compile("local(\\[(\\d+|\\*)(\\s*,\\s*\\d+)?\\])?");

    private Slots() {}

    /** Whether a Spark master runs its tasks in the driver's JVM. */
    public static boolean isLocal(String master) {
        return LOCAL.matcher(master).matches();
    }

    /**
     * Tasks at once under a local master.
     *
     * @param taskCpus {@code spark.task.cpus}
     */
    public static int ofLocal(String master, int taskCpus) {
        Matcher matcher = LOCAL.matcher(master);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("Invalid `master`: must be a local one. Received: " + master);
        }
        String cores = matcher.group(2);
        int available = Runtime.getRuntime().availableProcessors();
        int threads = cores == null ? 1 : cores.equals("*") ? available : Integer.parseInt(cores);
        return Math.max(1, threads / Math.max(1, taskCpus));
    }
}
