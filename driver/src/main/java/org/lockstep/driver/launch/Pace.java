package org.lockstep.driver.launch;

import java.time.Duration;

/**
 * How much work goes into each of a row of jobs: all of it into one, or, where somebody watches, as much as lets them hear
 * of it some times a second.
 */
final class Pace {

    private static final long HEARD = Duration.ofMillis(250).toNanos();
    private static final int MOST = 1 << 30;

    private int steps;
    private long began;

    Pace(boolean isWatched) {
        this.steps = isWatched ? 1 : MOST;
    }

    /** Steps of the next job, which begins now. */
    int next(long now) {
        if (began != 0 && now - began < HEARD) {
            steps = Math.min(MOST, 2 * steps);
        }
        began = now;
        return steps;
    }
}
