package org.lockstep.executor.queue;

import org.jspecify.annotations.Nullable;
import org.lockstep.data.Window;

/** The places ahead of a line, one after the other: a window's steps, then those of the window after it. */
final class Route {

    /** One batch of a shard. */
    record Place(Window window, int step) {}

    private final QueueOrder order;
    private @Nullable Window window;
    private int step;

    Route(QueueOrder order, Place start) {
        this.order = order;
        this.window = start.window();
        this.step = start.step();
    }

    /** The next place; null when all windows are through. */
    @Nullable
    Place place() {
        return window == null ? null : new Place(window, step);
    }

    /** Whether all steps of the window at hand are through. */
    boolean isWindowDone() {
        return window == null || step >= order.steps().applyAsInt(window);
    }

    void step() {
        step++;
    }

    /** Goes to the first step of the window after this one, if there is one. */
    void turn() {
        window = window == null ? null : order.after(window);
        step = 0;
    }
}
