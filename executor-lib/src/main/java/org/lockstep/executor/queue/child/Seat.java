package org.lockstep.executor.queue.child;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A place for a child, in which another takes over when one dies. Used by whoever has borrowed it. */
final class Seat {

    private final ChildPool pool;
    private @Nullable ChildJvm child;

    /** For each feed that the child has open, how many of its hooks the child has heard. */
    private final Map<Integer, Integer> heard = new HashMap<>();

    Seat(ChildPool pool) {
        this.pool = pool;
    }

    /** How many hooks of a feed the child has heard; -1 if it does not have the feed open. */
    int heard(int feed) {
        return heard.getOrDefault(feed, -1);
    }

    void heard(int feed, int hooks) {
        heard.put(feed, hooks);
    }

    void forget(int feed) {
        heard.remove(feed);
    }

    boolean isStarted() {
        return child != null;
    }

    /** The child's reply, for which one is started if need be. */
    byte[] call(Call call) throws ChildDiedException {
        ChildJvm current = child == null ? pool.start() : child;
        child = current;
        byte[] request = call.bytes();
        try {
            return current.call(request);
        } catch (ChildDiedException e) {
            empty();
            throw e;
        } catch (InterruptedException e) {
            empty();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while a child process made a batch", e);
        }
    }

    /** Ends the child. */
    void empty() {
        ChildJvm current = child;
        child = null;
        heard.clear();
        if (current != null) {
            pool.end(current);
        }
    }
}
