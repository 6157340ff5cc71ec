package org.lockstep.executor.step.onednn;

import org.jspecify.annotations.Nullable;

/**
 * A variable of a layer.
 *
 * @param gradient its place in the gradient vector; null where nothing is written there
 */
record Parameter(Slot value, @Nullable Slot gradient) {}
