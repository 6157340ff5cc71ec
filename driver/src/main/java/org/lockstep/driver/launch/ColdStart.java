package org.lockstep.driver.launch;

import java.time.Duration;
import java.util.Locale;

/**
 * How long an executor that was given a task may take until it has a line to the driver, from where on heartbeats judge it:
 * one that stops, or is cut off, before that would else be waited for a minute.
 *
 * <p>Until then a new JVM loads Spark's classes for a task and little more: a second or two here, and up to some seconds
 * while a machine of two processors starts several; what takes longer, natives and networks, comes after. Where the limit
 * was too short, the next one is given twice as much.
 */
final class ColdStart {

    /** On top of the silence that is allowed to any. */
    private static final Duration LEAST = Duration.ofSeconds(15);

    private static final double MILLIS = 1000;

    private final Duration most;
    private Duration now;

    /**
     * The limit for the first that is late.
     *
     * @param silence allowed to executors that have a line
     * @param most that the limit grows to
     */
    ColdStart(Duration silence, Duration most) {
        this.most = most;
        this.now = least(silence.plus(LEAST));
    }

    private Duration least(Duration wanted) {
        return wanted.compareTo(most) < 0 ? wanted : most;
    }

    boolean isOver(Duration since) {
        return since.compareTo(now) > 0;
    }

    /** Says that an executor is too late, and lets the next one have more time. */
    String reason(String executor, String host, Duration since) {
        now = least(now.multipliedBy(2));
        return String.format(
                Locale.ROOT,
                "executor %s (%s) was given a task %.1f seconds ago, and has not called the driver",
                executor,
                host,
                since.toMillis() / MILLIS);
    }
}
