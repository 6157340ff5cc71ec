package org.lockstep.executor.queue.child;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lockstep.conf.CrashPolicy;
import org.lockstep.data.BatchOrder;
import org.lockstep.data.Feed;
import org.lockstep.data.Shard;

/**
 * The child processes of one fit on one executor, shared by its shards: {@code use_multiprocessing}.
 *
 * <p>There are {@code workers} of them at most, each started when it is first needed. A feed with random access is open in all
 * of them, each with a copy of its own, and any may make any batch; a stream is read in one. Each child
 * has {@code max(256 MB, a quarter of this JVM's heap / workers)} of heap. A child that dies takes its feeds with it; a
 * new one opens them again, and they repeat the hooks they have missed. Children die with this JVM.
 */
public final class ChildPool implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(ChildPool.class.getName());

    /** How often one call may cost a child before it is given up. */
    private static final int RESTARTS = 3;

    /** How long closing a feed waits for a child that is at work for another one. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final CrashPolicy policy;
    private final ClassLoader classes;
    private final List<String> command;
    private final List<Seat> seats;
    private final boolean[] busy;
    private final List<ChildJvm> running = new ArrayList<>();
    private final AtomicInteger feeds = new AtomicInteger();
    private boolean closed;

    /**
     * A pool that has no children yet. They find the classes that the calling thread does.
     *
     * @param workers children at most
     */
    public ChildPool(int workers, CrashPolicy policy) {
        this.policy = policy;
        this.classes = Thread.currentThread().getContextClassLoader();
        this.command = ChildCommand.of(workers);
        this.seats = Stream.generate(() -> new Seat(this)).limit(workers).toList();
        this.busy = new boolean[workers];
    }

    /** Opens a shard in the children. */
    public Feed open(Shard shard, BatchOrder order) {
        return new ChildFeed(this, feeds.getAndIncrement(), shard, order);
    }

    int size() {
        return seats.size();
    }

    synchronized ChildJvm start() {
        checkOpen();
        ChildJvm child = new ChildJvm(command, classes);
        running.add(child);
        return child;
    }

    void end(ChildJvm child) {
        child.end();
        synchronized (this) {
            running.remove(child);
        }
    }

    /** Waits for this seat and takes it. */
    synchronized Seat borrow(int seat) {
        waitWhile(() -> busy[seat]);
        return take(seat);
    }

    /** Waits a while for this seat and takes it; null where somebody else keeps it. */
    synchronized @Nullable Seat borrowSoon(int seat) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        try {
            for (long left = PATIENCE_NANOS; busy[seat] && !closed && left > 0; left = end - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return closed || busy[seat] ? null : take(seat);
    }

    /** Waits for any seat and takes it: best one whose child has the feed open, else one with a child. */
    synchronized Seat borrowAny(int feed) {
        waitWhile(() -> free(feed) == null);
        return take(Objects.requireNonNullElse(free(feed), 0));
    }

    private @Nullable Integer free(int feed) {
        return IntStream.range(0, busy.length)
                .filter(seat -> !busy[seat])
                .boxed()
                .max((a, b) -> Integer.compare(worth(a, feed), worth(b, feed)))
                .orElse(null);
    }

    private int worth(int seat, int feed) {
        return seats.get(seat).heard(feed) >= 0 ? 2 : seats.get(seat).isStarted() ? 1 : 0;
    }

    private Seat take(int seat) {
        checkOpen();
        busy[seat] = true;
        return seats.get(seat);
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("Cannot make a batch in a child process: the run has ended");
        }
    }

    private synchronized void waitWhile(BooleanSupplier taken) {
        try {
            while (!closed && taken.getAsBoolean()) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for a child process", e);
        }
    }

    synchronized void giveBack(Seat seat) {
        busy[seats.indexOf(seat)] = false;
        notifyAll();
    }

    /**
     * Hears of a crash, and returns if the call is to be tried again.
     *
     * @param crashes how many the call has cost
     */
    void crashed(ChildDiedException crash, int crashes) {
        if (policy == CrashPolicy.FAIL || crashes > RESTARTS) {
            String times = crashes > 1 ? " (" + crashes + " children have died of it)" : "";
            throw new ChildCrashedException(crash.getMessage() + times, crash);
        }
        LOG.log(System.Logger.Level.WARNING, "Starting another child process, as {0}", crash.getMessage());
    }

    /** Ends all children, also those at work. */
    @Override
    public void close() {
        List<ChildJvm> last;
        synchronized (this) {
            closed = true;
            notifyAll();
            last = List.copyOf(running);
            running.clear();
        }
        last.forEach(ChildJvm::end);
    }
}
