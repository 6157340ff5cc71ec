package org.lockstep.executor.step.onednn;

import org.jspecify.annotations.Nullable;
import org.lockstep.keras.NotSupportedException;
import org.lockstep.regularizers.L1;
import org.lockstep.regularizers.L1L2;
import org.lockstep.regularizers.L2;
import org.lockstep.regularizers.Regularizer;

/** The factors of a penalty on a layer's output, l1 · Σ|y| + l2 · Σy². */
record ActivityPenalty(double l1, double l2) {

    /**
     * The factors of this regularizer; null is none.
     *
     * @throws NotSupportedException if it is not a sum over samples
     */
    static @Nullable ActivityPenalty of(@Nullable Regularizer regularizer) {
        if (regularizer == null) {
            return null;
        } else if (regularizer instanceof L1 one) {
            return new ActivityPenalty(one.l1(), 0);
        } else if (regularizer instanceof L2 two) {
            return new ActivityPenalty(0, two.l2());
        } else if (regularizer instanceof L1L2 both) {
            return new ActivityPenalty(both.l1(), both.l2());
        }
        throw new NotSupportedException("Cannot use %s as `activity_regularizer`: it is not a sum over samples"
                .formatted(regularizer.className()));
    }
}
