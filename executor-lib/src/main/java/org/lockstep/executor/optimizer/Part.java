package org.lockstep.executor.optimizer;

import org.jspecify.annotations.Nullable;
import org.lockstep.constraints.Constraint;
import org.lockstep.model.WeightLayout;
import org.lockstep.regularizers.OrthogonalRegularizer;
import org.lockstep.regularizers.Regularizer;

/**
 * One variable of the gradient vector and the blocks that it is cut into.
 *
 * @param fromBlock its first block
 * @param toBlock one past its last block
 * @param momentum how much of a moving statistic stays at each update; null for a trainable variable
 */
record Part(
        WeightLayout.Slot slot,
        int fromBlock,
        int toBlock,
        @Nullable Double momentum) {

    int[] shape() {
        return slot.variable().shape().dimensions();
    }

    boolean isTrainable() {
        return momentum == null;
    }

    @Nullable
    Regularizer regularizer() {
        return isTrainable() ? slot.variable().weight().regularizer() : null;
    }

    /** The penalty that is a sum over weights. */
    Factors penalty() {
        Regularizer regularizer = regularizer();
        return regularizer == null ? Factors.NONE : Factors.of(regularizer);
    }

    @Nullable
    Constraint constraint() {
        return isTrainable() ? slot.variable().weight().constraint() : null;
    }

    /** Whether the penalty needs all of the variable at once. */
    boolean hasWholePenalty() {
        return regularizer() instanceof OrthogonalRegularizer;
    }
}
