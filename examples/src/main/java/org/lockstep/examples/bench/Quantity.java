package org.lockstep.examples.bench;

import java.util.Locale;

/** What a bar compares with its bound. */
enum Quantity {
    /** Our time per image as a multiple of the other's: at most. */
    TIME_RATIO(true),
    /** Our images per second as a multiple of the other's: at least. */
    SPEED_RATIO(false),
    /** Milliseconds per step: at most. */
    STEP_MILLIS(true),
    /** The part of the time in which training waited for input: at most. */
    STALL_SHARE(true),
    /** Bytes of the JVM's heap allocated in a step: at most. */
    ALLOCATED_BYTES(true),
    /** Milliseconds of the longest pause that the garbage collector made in any round: at most. */
    GC_PAUSE_MILLIS(true),
    /** Bytes by which the process grew between the first fifth of its rounds and the last: at most. */
    GROWTH_BYTES(true),
    /** Milliseconds from the end of an epoch's last step to the beginning of the next epoch's first: at most. */
    BOUNDARY_MILLIS(true),
    /** Milliseconds of a step's exchange and update, without any computing: at most. */
    EXCHANGE_MILLIS(true),
    /** By how much the bytes that a worker sends differ from 2 · (W − 1) / W of the gradient's, as a part of them: at most. */
    WIRE_EXCESS(true);

    private final boolean isUpper;

    Quantity(boolean isUpper) {
        this.isUpper = isUpper;
    }

    /** The name in JSON. */
    String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean passes(double value, double bound) {
        return isUpper ? value <= bound : value >= bound;
    }
}
