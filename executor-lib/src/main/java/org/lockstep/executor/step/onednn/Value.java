package org.lockstep.executor.step.onednn;

import org.jspecify.annotations.Nullable;

/**
 * What flows from one layer to the next.
 *
 * @param data the numbers
 * @param gradient the loss's gradient with respect to them, filled in the backward pass; null where nobody reads it
 */
record Value(Layout layout, Slot data, @Nullable Slot gradient) {

    /** Whether the other is the same numbers with the same gradient, in whatever layout. */
    boolean isSamePlaceAs(Value other) {
        return data == other.data && gradient == other.gradient;
    }

    Value layout(Layout other) {
        return new Value(other, data, gradient);
    }
}
