package org.lockstep.executor.step.onednn;

/** What a program is for. */
enum Mode {
    /** Forward only, moving statistics, no dropout. */
    INFERENCE,
    /** Forward and backward to the weights. */
    TRAINING,
    /** Forward and backward to the weights and the input. */
    PULLBACK
}
