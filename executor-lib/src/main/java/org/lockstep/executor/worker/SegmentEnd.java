package org.lockstep.executor.worker;

import java.io.Serializable;
import org.lockstep.report.Timing;

/**
 * How a worker's segment ended.
 *
 * @param nextStep the step it would do next
 * @param reason why it ended
 * @param timing of the worker
 * @param samples that its shards trained on
 */
public record SegmentEnd(int nextStep, Reason reason, Timing timing, long samples) implements Serializable {

    /** Why a segment ended. */
    public enum Reason {
        /** All its steps are done. */
        DONE,
        /** The driver asked for it. */
        STOPPED,
        /** No shard had a batch for the next step. */
        OUT_OF_DATA,
        /** A loss or a gradient was not finite; the weights are those of before the step. */
        NON_FINITE
    }
}
