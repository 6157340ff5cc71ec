package org.lockstep.executor.queue;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.lockstep.data.Batch;
import org.lockstep.data.Feed;
import org.lockstep.data.Window;

/**
 * A shard's batches, made ahead of time by one thread and delivered in index order.
 *
 * <p>It is asked for (epoch, step), never for "next": asking for a batch again, or for one elsewhere, gives the right one,
 * only later. It holds at most {@code maxQueueSize} batches besides the one being made. A failure of the sequence reaches
 * the caller of {@link #take} with shard, epoch and index, and the queue goes on when asked again. Safe for several consumers, but
 * made for one: another consumer's place is a detour.
 */
public final class PrefetchQueue implements AutoCloseable {

    private static final long POLL_MILLIS = 100;

    private final Feed sequence;
    private final List<Window> windows;
    private final ToIntFunction<Window> updates;
    private final int maxQueueSize;
    private final int shard;
    private final ClassLoader loader;
    private @Nullable Producer producer;

    /**
     * A queue that begins to fill at the first {@link #take}.
     *
     * @param windows the epochs' parts of the data, as far as they are known
     * @param updates of a window
     */
    public PrefetchQueue(
            Feed sequence, int shard, List<Window> windows, ToIntFunction<Window> updates, int maxQueueSize) {
        if (maxQueueSize < 1) {
            throw new IllegalArgumentException(
                    "Invalid `max_queue_size`: must be at least 1. Received: " + maxQueueSize);
        }
        this.sequence = sequence;
        this.shard = shard;
        this.windows = windows;
        this.updates = updates;
        this.maxQueueSize = maxQueueSize;
        this.loader = Thread.currentThread().getContextClassLoader();
    }

    /** The batch of that step, 0-based, of that window. */
    public synchronized Batch take(Window window, int step) throws InterruptedException {
        Producer current = producer;
        if (current == null || !current.isAt(window, step)) {
            stop();
            current = new Producer(window, step);
            producer = current;
            current.thread.start();
        }
        return current.take();
    }

    private @Nullable Window after(Window window) {
        int index = windows.indexOf(window);
        return index < 0 || index + 1 == windows.size() ? null : windows.get(index + 1);
    }

    private void stop() {
        Producer current = producer;
        producer = null;
        if (current != null) {
            current.end();
        }
    }

    /** Ends the fetching thread and closes the sequence. */
    @Override
    public synchronized void close() {
        stop();
        sequence.close();
    }

    /** A batch, or why there is none. */
    private record Item(@Nullable Batch batch, @Nullable Throwable failure) {}

    /** One run of the fetching thread, from a place to the end. */
    private final class Producer {

        private final BlockingQueue<Item> items = new ArrayBlockingQueue<>(maxQueueSize);
        private final Thread thread;
        private volatile boolean stopped;
        private @Nullable Window window;
        private int step;

        Producer(Window window, int step) {
            this.window = window;
            this.step = step;
            this.thread = new Thread(() -> fill(window, step), "lockstep-prefetch-shard-" + shard);
            thread.setDaemon(true);
            thread.setContextClassLoader(loader);
        }

        /** Ends the thread and waits for it, however slow the batch at hand. */
        void end() {
            stopped = true;
            thread.interrupt();
            boolean interrupted = false;
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        boolean isAt(Window wanted, int wantedStep) {
            return wanted.equals(window) && step == wantedStep && !stopped;
        }

        Batch take() throws InterruptedException {
            Window at = Objects.requireNonNull(window);
            Item item = items.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
            while (item == null) {
                if (!thread.isAlive() && items.isEmpty()) {
                    throw new IllegalStateException(
                            "Cannot give batch %d of epoch %d of shard %d: an epoch has %d batches"
                                    .formatted(step, at.epoch() + 1, shard, updates.applyAsInt(at)));
                }
                item = items.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
            }
            Batch batch = item.batch();
            if (batch == null) {
                stopped = true;
                throw new BatchFailedException(shard, at.epoch(), step, item.failure());
            }
            step++;
            if (step == updates.applyAsInt(at)) {
                step = 0;
                window = after(at);
            }
            return batch;
        }

        private void fill(Window from, int fromStep) {
            int index = fromStep;
            try {
                for (Window at = from; at != null; at = after(at)) {
                    sequence.onEpochBegin(at.epoch());
                    for (; index < updates.applyAsInt(at); index++) {
                        if (stopped) {
                            return;
                        }
                        items.put(new Item(sequence.get(at, index), null));
                    }
                    sequence.onEpochEnd(at.epoch());
                    index = 0;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Throwable e) {
                fail(e);
            }
        }

        private void fail(Throwable failure) {
            try {
                items.put(new Item(null, failure));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
