package org.lockstep.executor.queue;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;
import org.lockstep.data.Batch;
import org.lockstep.data.Window;

/**
 * Batches made ahead by a pool of threads and given in order.
 *
 * <p>An epoch's begin hook runs before its first {@code get} is handed to the pool; its end hook when all its gets are done
 * and before its last batch is given, so that a failing hook is seen where it belongs. A slot counts until its batch is
 * taken, so that ready batches and those being made are never more than the limit.
 */
final class PooledLine implements Line {

    private final Calls calls;
    private final QueueStats stats;
    private final ExecutorService pool;
    private final int limit;

    // Guarded by this.
    private final Route route;
    private final Deque<Slot> slots = new ArrayDeque<>();
    private int making;
    private boolean begun;
    private boolean stopped;

    PooledLine(Calls calls, QueueStats stats, Route route, int limit, ExecutorService pool) {
        this.calls = calls;
        this.stats = stats;
        this.route = route;
        this.limit = limit;
        this.pool = pool;
    }

    void start() {
        pool.execute(this::begin);
    }

    @Override
    public synchronized boolean isAt(Route.Place place) {
        Slot head = slots.peek();
        return !stopped && place.equals(head == null ? route.place() : head.place());
    }

    @Override
    public synchronized Batch take() throws InterruptedException {
        Slot head = slots.peek();
        while (!stopped && (head == null || !head.isReady())) {
            wait();
            head = slots.peek();
        }
        if (stopped || head == null) {
            throw new IllegalStateException("Cannot take a batch: the queue is closed");
        }
        Batch batch = head.result();
        slots.remove();
        stats.unqueued(batch);
        fill();
        return batch;
    }

    @Override
    public synchronized int ready() {
        return (int) slots.stream().filter(Slot::isReady).count();
    }

    /** Runs the hook before the window at hand; in the pool. */
    private void begin() {
        Route.Place first = first();
        if (first == null) {
            return;
        }
        try {
            calls.begin(first.window());
        } catch (BatchFailedException e) {
            fail(new Slot(first), e);
            return;
        }
        opened();
    }

    private synchronized Route.@Nullable Place first() {
        return stopped ? null : route.place();
    }

    private synchronized void opened() {
        begun = true;
        fill();
    }

    /** Hands out as many of the window's gets as there is room for. */
    private synchronized void fill() {
        while (begun && !stopped && slots.size() < limit && !route.isWindowDone()) {
            Route.Place place = route.place();
            if (place == null) {
                return;
            }
            Slot slot = new Slot(place);
            slots.add(slot);
            making++;
            route.step();
            pool.execute(() -> make(slot));
        }
    }

    /** One get; in the pool. */
    private void make(Slot slot) {
        if (isStopped()) {
            return;
        }
        Batch batch;
        try {
            batch = calls.get(slot.place());
        } catch (BatchFailedException e) {
            fail(slot, e);
            return;
        }
        if (isLast(slot, batch)) {
            end(slot.place().window());
        }
    }

    /** Notes a batch; true if the window's end hook is due. Its last batch waits for that. */
    private synchronized boolean isLast(Slot slot, Batch batch) {
        making--;
        slot.fill(batch);
        stats.queued(batch);
        boolean done = route.isWindowDone();
        if (!done || slot != slots.peekLast()) {
            slot.release();
            notifyAll();
        }
        return done && making == 0 && begun;
    }

    private void end(Window window) {
        try {
            calls.end(window);
        } catch (BatchFailedException e) {
            failLast(e);
            return;
        }
        if (turned()) {
            begin();
        }
    }

    private synchronized void failLast(BatchFailedException failure) {
        Slot last = slots.peekLast();
        if (last != null) {
            fail(last, failure);
        }
    }

    /** Goes to the next window, if there is one, and lets the last batch of the one before go. */
    private synchronized boolean turned() {
        begun = false;
        route.turn();
        Slot last = slots.peekLast();
        if (last != null) {
            last.release();
            notifyAll();
        }
        return !stopped && route.place() != null;
    }

    /** Ends the line at this slot, which is added if it is for a hook. */
    private synchronized void fail(Slot slot, BatchFailedException failure) {
        begun = false;
        slot.fail(failure);
        if (!slots.contains(slot)) {
            slots.add(slot);
        }
        notifyAll();
    }

    @Override
    public void leave() {
        refuse();
        pool.shutdown();
        join();
    }

    @Override
    public void stop() {
        refuse();
        pool.shutdownNow();
        join();
    }

    private synchronized boolean isStopped() {
        return stopped;
    }

    private void join() {
        PoolThreads.join(pool);
        stats.emptied();
    }

    private synchronized void refuse() {
        stopped = true;
        notifyAll();
    }
}
