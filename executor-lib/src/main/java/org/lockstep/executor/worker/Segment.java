package org.lockstep.executor.worker;

import java.io.Serializable;
import org.lockstep.data.Window;

/** A run of consecutive steps of one epoch, 0-based, {@code toStep} excluded. */
public record Segment(Window window, int fromStep, int toStep) implements Serializable {

    /** 0-based. */
    public int epoch() {
        return window.epoch();
    }
}
