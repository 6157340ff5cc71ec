package org.lockstep.driver.launch;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How long an executor that was given a task may take until it has a line to the driver, from where on heartbeats judge it:
 * one that stops, or is cut off, before that would else be waited for a minute.
 *
 * <p>Until then a new JVM loads Spark's classes for a task and little more; what takes longer, natives and networks, comes
 * after. That took from 1 second to 10 on two processors that had twice or six times as much to do as they could. So the limit
 * follows the slowest that was seen, nobody is judged before one was, and where it was too short nevertheless, the next one is
 * given twice as much.
 */
final class ColdStart {

    /** On top of the silence that is allowed to any. */
    private static final Duration LEAST = Duration.ofSeconds(15);

    /** Times the slowest so far. */
    private static final int SLOWER = 3;

    private static final double MILLIS = 1000;

    private final Duration most;
    private Duration now;
    private @Nullable Duration slowest;

    /**
     * A limit for executors of one run.
     *
     * @param silence allowed to executors that have a line
     * @param most that the limit grows to
     */
    ColdStart(Duration silence, Duration most) {
        this.most = most;
        this.now = least(silence.plus(LEAST), most);
    }

    private static Duration least(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    /** An executor has a line, so long after it was given a task. */
    void took(Duration since) {
        Duration before = slowest;
        slowest = before == null || since.compareTo(before) > 0 ? since : before;
    }

    boolean isOver(Duration since) {
        Duration seen = slowest;
        if (seen == null) {
            return since.compareTo(most) > 0;
        }
        Duration limit = least(seen.multipliedBy(SLOWER), most);
        return since.compareTo(now) > 0 && since.compareTo(limit) > 0;
    }

    /** Says that an executor is too late, and lets the next one have more time. */
    String reason(String executor, String host, Duration since) {
        now = least(now.multipliedBy(2), most);
        return String.format(
                Locale.ROOT,
                "executor %s (%s) was given a task %.1f seconds ago, and has not called the driver",
                executor,
                host,
                since.toMillis() / MILLIS);
    }
}
