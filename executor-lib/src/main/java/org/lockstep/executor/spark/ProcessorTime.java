package org.lockstep.executor.spark;

import com.sun.management.OperatingSystemMXBean;
import java.io.Serializable;
import java.lang.management.ManagementFactory;

/**
 * How long this JVM's threads had computed, all together, in nanoseconds.
 *
 * @param begun when a worker's first step began
 * @param ended when its last was done
 */
public record ProcessorTime(long begun, long ended) implements Serializable {

    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    /** Until now. */
    public static long now() {
        return SYSTEM.getProcessCpuTime();
    }
}
