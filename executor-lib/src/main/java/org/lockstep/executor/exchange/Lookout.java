package org.lockstep.executor.exchange;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where the threads that peers' messages come in meet the one that waits for them; the first failure of any peer ends all
 * waiting.
 */
final class Lookout {

    /** Nanoseconds for which it looks for what others post without a pause: they are about to be as far. */
    private static final long SPIN = 500_000;

    private static final long WAITED_PER_PAUSE = 10;
    private static final long LONGEST_PAUSE = 1_000_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Consumer<Throwable> onFailure;
    private @Nullable Throwable failure;
    private boolean isClosed;

    /** @param onFailure told of the first failure, in any thread */
    Lookout(Consumer<Throwable> onFailure) {
        this.onFailure = onFailure;
    }

    /**
     * Waits until these peers' messages of a round are there: looks for what they post, and for what comes by itself waits.
     *
     * @param deadline null for none
     */
    // So that the threads of this JVM's sockets, which may have this processor only, go on meanwhile.
    @SuppressWarnings("ThreadPriorityCheck")
    void await(List<Peer> from, Kind kind, int round, @Nullable Duration deadline) throws InterruptedException {
        long most = deadline == null ? Long.MAX_VALUE : deadline.toNanos();
        long start = System.nanoTime();
        while (true) {
            from.forEach(Peer::collect);
            long waited = System.nanoTime() - start;
            Peer missing = missing(from, kind, round, waited, most - waited);
            if (missing == null) {
                return;
            }
            if (waited >= most) {
                throw failed("%s sent no %s within %d seconds"
                        .formatted(missing.place(), kind, TimeUnit.NANOSECONDS.toSeconds(most)));
            }
            if (waited < SPIN) {
                Thread.yield();
            }
        }
    }

    /** Nanoseconds until the next look: a fraction of what it has taken so far. */
    private static long pause(long waited) {
        return waited < SPIN ? 0 : Math.min(LONGEST_PAUSE, waited / WAITED_PER_PAUSE);
    }

    /**
     * The first peer whose message has not come; null where all have. Where some post through memory, waits until it is time
     * to look again; else until something comes, with which, for all that is known, a peer begins to.
     *
     * @param left nanoseconds that it may wait
     */
    // Its caller is the loop.
    @SuppressWarnings("WaitNotInLoop")
    private @Nullable Peer missing(List<Peer> from, Kind kind, int round, long waited, long left)
            throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (first(from, kind, round) == null) {
                return null;
            }
            throwIfFailed();
            // Asked for under the lock: who begins to post sends something before, which takes the lock when it comes.
            long nanos = Math.min(left, areCollected(from) ? pause(waited) : Long.MAX_VALUE);
            if (nanos > 0) {
                var unused = changed.awaitNanos(nanos);
            }
            return first(from, kind, round);
        } finally {
            lock.unlock();
        }
    }

    private static boolean areCollected(List<Peer> peers) {
        for (Peer peer : peers) {
            if (peer.isCollected()) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Peer first(List<Peer> from, Kind kind, int round) {
        for (Peer peer : from) {
            if (!peer.hasArrived(kind, round)) {
                return peer;
            }
        }
        return null;
    }

    static PeerFailedException failed(String reason) {
        return new PeerFailedException(new IllegalStateException(reason));
    }

    private void throwIfFailed() {
        Throwable cause = failure;
        if (cause != null) {
            throw new PeerFailedException(cause);
        }
    }

    /** Notes what arrived, and wakes who waits for it. */
    void arrived(Runnable note) {
        lock.lock();
        try {
            note.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** A peer has failed. */
    void fail(String reason) {
        fail(new IllegalStateException(reason));
    }

    void fail(Throwable cause) {
        lock.lock();
        try {
            if (failure != null || isClosed) {
                return;
            }
            failure = cause;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        onFailure.accept(cause);
    }

    /**
     * Whether it is still open.
     *
     * @throws PeerFailedException where a peer has failed
     */
    boolean isOpen() {
        lock.lock();
        try {
            if (!isClosed) {
                throwIfFailed();
            }
            return !isClosed;
        } finally {
            lock.unlock();
        }
    }

    /** No failure is heard of any more. */
    void close() {
        lock.lock();
        try {
            isClosed = true;
        } finally {
            lock.unlock();
        }
    }
}
