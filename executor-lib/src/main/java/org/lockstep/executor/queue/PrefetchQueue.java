package org.lockstep.executor.queue;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.lockstep.data.Batch;
import org.lockstep.data.Feed;
import org.lockstep.data.Window;
import org.lockstep.report.QueueReport;

/**
 * A shard's batches, made ahead of time and delivered in index order, however many threads make them.
 *
 * <p>It is asked for (window, step), never for "next": asking for a batch again, or for one elsewhere, gives the right one,
 * only later. Having made a window it goes on with the one that is expected after it, so it fills for the next epoch
 * while a validation runs. A failure of the feed reaches the caller of {@link #take} with shard, epoch and index, and the
 * queue goes on, with the feed opened anew, when asked again.
 *
 * <p>{@code max_queue_size} bounds the batches in flight, ready ones and those being made together; a shard so needs up to
 * ({@code max_queue_size} + 1) times the bytes of a batch, that in training included. With {@code workers=0} no thread
 * is started and each batch is made in {@link #take}. A feed without random access is read by one thread, whatever {@code
 * workers}. Every shard has threads of its own: an executor runs {@code workers} times its shards. They are daemons and have the
 * context class loader of the thread that made the queue.
 *
 * <p>Safe for several consumers, but made for one: another consumer's place is a detour.
 */
public final class PrefetchQueue implements AutoCloseable {

    private final QueueOrder order;
    private final Supplier<Feed> feeds;
    private final ClassLoader loader;
    private final QueueStats stats;
    private final ReentrantLock consumer = new ReentrantLock();
    private volatile boolean closed;
    private volatile @Nullable Line line;

    /** Guarded by the lock, as are all changes of {@link #line}. */
    private @Nullable Feed feed;

    /**
     * A queue that begins to fill at the first {@link #take}.
     *
     * @param feeds opens the shard; called in {@link #take}
     */
    public PrefetchQueue(QueueOrder order, Supplier<Feed> feeds) {
        this.order = order;
        this.feeds = feeds;
        this.stats = new QueueStats(order.shard());
        this.loader = Thread.currentThread().getContextClassLoader();
    }

    /**
     * The batch of that window and step.
     *
     * @param step 0-based
     * @throws BatchFailedException if the feed could not give it
     */
    public Batch take(Window window, int step) throws InterruptedException {
        int steps = order.steps().applyAsInt(window);
        if (step < 0 || step >= steps) {
            throw new IllegalStateException("Cannot give batch %d of epoch %d of shard %d: an epoch has %d batches"
                    .formatted(step, window.epoch() + 1, order.shard(), steps));
        }
        consumer.lockInterruptibly();
        try {
            long asked = System.nanoTime();
            Line current = lineAt(new Route.Place(window, step));
            int ready = current.ready();
            Batch batch = current.take();
            stats.taken(ready, System.nanoTime() - asked);
            return batch;
        } catch (BatchFailedException e) {
            giveUp(e);
            throw e;
        } finally {
            consumer.unlock();
        }
    }

    /** What the user calls a batch that was taken, as " (index 3)", for messages; empty where that cannot be said. */
    public String describe(Window window, int step) {
        consumer.lock();
        try {
            Feed open = feed;
            String name = open == null ? "" : open.describe(window, step);
            return name.isEmpty() ? "" : " (" + name + ")";
        } catch (RuntimeException e) {
            // Whoever asks has a failure to tell of, which this one must not hide.
            return "";
        } finally {
            consumer.unlock();
        }
    }

    private Line lineAt(Route.Place place) {
        Line current = line;
        if (current != null && current.isAt(place)) {
            return current;
        }
        if (current != null) {
            current.leave();
        }
        Feed open = feed == null ? feeds.get() : feed;
        feed = open;
        Line started = start(open, new Route(order, place));
        line = started;
        if (closed) {
            started.stop();
            throw new IllegalStateException("Cannot take a batch of shard " + order.shard() + ": the queue is closed");
        }
        return started;
    }

    private Line start(Feed open, Route route) {
        Calls calls = new Calls(open, order.shard(), stats);
        if (order.input().workers() == 0) {
            return new CallerLine(calls, route);
        }
        int threads = open.isRandomAccess() ? order.input().workers() : 1;
        PooledLine pooled = new PooledLine(
                calls, stats, route, order.input().maxQueueSize(), PoolThreads.start(threads, order.shard(), loader));
        pooled.start();
        return pooled;
    }

    /** Closes a feed that failed: it may be anywhere. */
    private void giveUp(BatchFailedException failure) {
        try {
            end();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    private void end() {
        Line current = line;
        Feed open = feed;
        line = null;
        feed = null;
        if (current != null) {
            current.stop();
        }
        if (open != null) {
            open.close();
        }
    }

    /** What the queue did since the last call. */
    public QueueReport drainReport() {
        return stats.drain();
    }

    /** Ends the fetching threads and closes the feed; a waiting {@link #take} fails. */
    @Override
    public void close() {
        closed = true;
        Line current = line;
        if (current != null) {
            current.stop();
        }
        consumer.lock();
        try {
            end();
        } finally {
            consumer.unlock();
        }
    }
}
