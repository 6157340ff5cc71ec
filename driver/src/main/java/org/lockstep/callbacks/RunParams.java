package org.lockstep.callbacks;

/**
 * What callbacks know of a run from its start: Keras's {@code params}.
 *
 * @param epochs the epoch before which the run ends
 * @param steps updates per epoch
 */
public record RunParams(int epochs, int steps) {}
