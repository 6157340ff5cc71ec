package org.lockstep.driver.launch;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.spark.SparkContext$;
import org.lockstep.executor.spark.ProcessorTime;
import org.lockstep.executor.spark.WorkerEnd;
import org.lockstep.report.RecoveryPoints;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Measures what recovery points cost. For the thread that called {@code fit}. */
final class PointClock {

    private static final Logger LOG = LoggerFactory.getLogger(PointClock.class);
    private static final double NANOS = 1e9;

    private final LongSupplier clock;
    private final LongSupplier cpu;
    /** Processor time of each executor's JVM at the end of its last part. */
    private final Map<String, Long> endedAt = new HashMap<>();

    private int count;
    private double pauses;
    private double inPauses;
    private double all;
    private boolean isPaused;
    private boolean wasPaused;
    private double usualStep;
    private long lastStep;
    private long cpuAtStep;
    private boolean hasBegun;

    /** Has seen nothing yet; both clocks are in nanoseconds. */
    PointClock(LongSupplier clock, LongSupplier cpu) {
        this.clock = clock;
        this.cpu = cpu;
    }

    /** A step has been heard of. */
    void stepEnded() {
        long now = clock.getAsLong();
        long computed = cpu.getAsLong();
        if (hasBegun) {
            all += computed - cpuAtStep;
            if (isPaused) {
                pauses += Math.max(0, now - lastStep - usualStep);
                inPauses += computed - cpuAtStep;
            }
        }
        hasBegun = true;
        isPaused = false;
        lastStep = now;
        cpuAtStep = computed;
    }

    /**
     * A part of a segment is done.
     *
     * @param isPoint whether another follows that would not, without recovery points
     */
    void ended(List<WorkerEnd> ends, int steps, boolean isPoint) {
        Map<String, ProcessorTime> byExecutor = new HashMap<>();
        ends.forEach(end -> byExecutor.putIfAbsent(end.executor(), end.processor()));
        // In a local master's JVM the driver's own processor time says it all.
        boolean isInDriver = byExecutor.containsKey(SparkContext$.MODULE$.DRIVER_IDENTIFIER());
        if (!isInDriver) {
            byExecutor.forEach(this::add);
        }
        wasPaused = isPoint;
        isPaused = isPoint;
        if (isPoint) {
            count++;
            usualStep = steps == 0 ? 0 : ends.get(0).end().timing().total() / (double) steps;
        }
    }

    private void add(String executor, ProcessorTime time) {
        all += time.ended() - time.begun();
        Long before = endedAt.put(executor, time.ended());
        if (before != null && wasPaused) {
            all += time.begun() - before;
            inPauses += time.begun() - before;
        }
    }

    /** An attempt has failed: what follows is no pause of a point. */
    void failed() {
        isPaused = false;
        wasPaused = false;
    }

    /** Says in the log what they cost, if there were any. */
    void tell() {
        if (count > 0) {
            LOG.info(
                    "recovery points: {}, which paused training for {} s in all, and took {} s of {} s of processor time",
                    count,
                    shown(pauses),
                    shown(inPauses),
                    shown(all));
        }
    }

    private static String shown(double nanos) {
        return String.format(Locale.ROOT, "%.2f", nanos / NANOS);
    }

    RecoveryPoints all() {
        return new RecoveryPoints(count, pauses / NANOS, inPauses / NANOS, all / NANOS);
    }
}
