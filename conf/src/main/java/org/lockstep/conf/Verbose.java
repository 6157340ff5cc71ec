package org.lockstep.conf;

import org.jspecify.annotations.Nullable;

/** How much a run prints: Keras's {@code verbose}. */
public enum Verbose {
    /** Nothing: 0. */
    SILENT("0"),
    /** A progress bar: 1. */
    PROGRESS_BAR("1"),
    /** A line per epoch: 2. */
    LINE_PER_EPOCH("2"),
    /** A progress bar. */
    AUTO("auto");

    private final String kerasValue;

    Verbose(String kerasValue) {
        this.kerasValue = kerasValue;
    }

    /** Whether it draws a progress bar. */
    public boolean isBar() {
        return this == PROGRESS_BAR || this == AUTO;
    }

    /** Keras's value: 0, 1, 2 or auto. */
    public static Verbose of(@Nullable Object value) {
        for (Verbose verbose : values()) {
            if (verbose.kerasValue.equals(String.valueOf(value))) {
                return verbose;
            }
        }
        throw new IllegalArgumentException("Invalid `verbose`: must be 0, 1, 2 or \"auto\". Received: " + value);
    }
}
