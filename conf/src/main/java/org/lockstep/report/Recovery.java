package org.lockstep.report;

import java.time.Instant;

/**
 * A failure that a training went on after, by itself.
 *
 * @param epoch 0-based
 * @param step the first that nobody had heard of, 0-based in the epoch
 * @param backTo the step that it went on with; those from there to {@code step} were done again
 * @param cause the first, with the executor where there was one
 * @param at when the driver knew that the attempt was over
 * @param seconds from then until it had heard of {@code step}
 */
public record Recovery(int epoch, int step, int backTo, String cause, Instant at, double seconds) {

    /** Steps that were done again. */
    public int lostSteps() {
        return step - backTo;
    }
}
