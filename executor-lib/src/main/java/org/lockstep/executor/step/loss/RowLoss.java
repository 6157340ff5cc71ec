package org.lockstep.executor.step.loss;

import org.jspecify.annotations.Nullable;

/** A loss of one position: a row of scores, along the last axis of the model's output, against its target. */
interface RowLoss {

    /** Numbers of one target: as many as scores, unless said otherwise. */
    default int targetSize(int classes) {
        return classes;
    }

    /**
     * The row's loss.
     *
     * @param scores of all rows; this one's begin at {@code from}
     * @param targets of all rows; this one's begin at {@code targetFrom}
     * @param gradient of all rows: overwritten in this one with the loss's gradient times {@code scale}
     */
    double row(
            float[] scores,
            int from,
            int classes,
            float[] targets,
            int targetFrom,
            double scale,
            float @Nullable [] gradient);
}
