package org.lockstep.executor.queue;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.lockstep.data.Batch;
import org.lockstep.data.Sequence;

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

    private final Sequence sequence;
    private final int steps;
    private final int epochs;
    private final int maxQueueSize;
    private final int shard;
    private final ClassLoader loader;
    private @Nullable Producer producer;

    /**
     * A queue that begins to fill at the first {@link #take}.
     *
     * @param steps batches per epoch
     * @param epochs the epoch before which the queue stops to fetch ahead
     */
    public PrefetchQueue(Sequence sequence, int shard, int steps, int epochs, int maxQueueSize) {
        if (maxQueueSize < 1) {
            throw new IllegalArgumentException(
                    "Invalid `max_queue_size`: must be at least 1. Received: " + maxQueueSize);
        }
        this.sequence = sequence;
        this.shard = shard;
        this.steps = steps;
        this.epochs = epochs;
        this.maxQueueSize = maxQueueSize;
        this.loader = Thread.currentThread().getContextClassLoader();
    }

    /** The batch of that epoch and step, both 0-based. */
    public synchronized Batch take(int epoch, int step) throws InterruptedException {
        Producer current = producer;
        if (current == null || !current.isAt(epoch, step)) {
            stop();
            current = new Producer(epoch, step);
            producer = current;
            current.thread.start();
        }
        return current.take();
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
        private int epoch;
        private int step;

        Producer(int epoch, int step) {
            this.epoch = epoch;
            this.step = step;
            this.thread = new Thread(() -> fill(epoch, step), "lockstep-prefetch-shard-" + shard);
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

        boolean isAt(int wantedEpoch, int wantedStep) {
            return epoch == wantedEpoch && step == wantedStep && !stopped;
        }

        Batch take() throws InterruptedException {
            Item item = items.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
            while (item == null) {
                if (!thread.isAlive() && items.isEmpty()) {
                    throw new IllegalStateException(
                            "Cannot give batch %d of epoch %d of shard %d: an epoch has %d batches"
                                    .formatted(step, epoch + 1, shard, steps));
                }
                item = items.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
            }
            Batch batch = item.batch();
            if (batch == null) {
                stopped = true;
                throw new BatchFailedException(shard, epoch, step, item.failure());
            }
            step++;
            if (step == steps) {
                step = 0;
                epoch++;
            }
            return batch;
        }

        private void fill(int fromEpoch, int fromStep) {
            int index = fromStep;
            try {
                for (int at = fromEpoch; at < epochs || at == fromEpoch; at++) {
                    sequence.onEpochBegin(at);
                    for (; index < steps; index++) {
                        if (stopped) {
                            return;
                        }
                        items.put(new Item(sequence.get(index), null));
                    }
                    sequence.onEpochEnd();
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
