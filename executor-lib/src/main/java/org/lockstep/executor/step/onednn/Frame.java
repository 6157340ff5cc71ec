package org.lockstep.executor.step.onednn;

import org.lockstep.executor.step.StepKey;

/** What one run of a program carries along. */
final class Frame {

    private final StepKey key;
    private double penalty;

    Frame(StepKey key) {
        this.key = key;
    }

    StepKey key() {
        return key;
    }

    void addPenalty(double value) {
        penalty += value;
    }

    /** Activity penalties, summed over samples. */
    double penalty() {
        return penalty;
    }
}
