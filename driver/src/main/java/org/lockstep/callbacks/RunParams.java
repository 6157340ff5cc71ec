package org.lockstep.callbacks;

import org.jspecify.annotations.Nullable;
import org.lockstep.conf.Verbose;

/**
 * What callbacks know of a run from its start: Keras's {@code params}.
 *
 * @param verbose how much the run prints
 * @param epochs the epoch before which the run ends
 * @param steps updates per epoch; null where it is not known before the data have run out
 */
public record RunParams(
        Verbose verbose, int epochs, @Nullable Integer steps) {}
