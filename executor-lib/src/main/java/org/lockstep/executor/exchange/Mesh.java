package org.lockstep.executor.exchange;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.lockstep.executor.transport.Link;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One executor's links to all others of a network exchange; the first failure of any ends all. */
final class Mesh implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Mesh.class);
    private static final Duration BYE = Duration.ofSeconds(10);

    /** Nanoseconds for which it looks for what others post without a pause: they are about to be as far. */
    private static final long SPIN = 500_000;

    private static final long WAITED_PER_PAUSE = 10;
    private static final long LONGEST_PAUSE = 1_000_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Peer> peers = new ArrayList<>();
    private final Meeting meeting;
    private final Consumer<Throwable> onFailure;
    private @Nullable Throwable failure;
    private boolean isClosed;

    /**
     * Links still to be made.
     *
     * @param onFailure told of the first failure, in any thread
     */
    Mesh(Meeting meeting, Consumer<Throwable> onFailure) {
        this.meeting = meeting;
        this.onFailure = onFailure;
    }

    void add(Peer peer) {
        peers.add(peer);
    }

    List<Peer> peers() {
        return peers;
    }

    /**
     * Connects to the executors of lower rank, waits for those of higher rank, and returns when all are ready for the first
     * round.
     *
     * @param rank this executor's
     */
    void join(int rank) throws InterruptedException {
        long end = System.nanoTime() + meeting.patience().toNanos();
        ByteBuffer hello = Kind.HELLO.head(meeting.attempt(), Integer.BYTES).putInt(rank);
        for (Peer peer : peers) {
            if (peer.rank() < rank) {
                Meeting.Address to = meeting.addresses().get(peer.rank());
                peer.link(meeting.endpoint().connect(to.host(), to.port(), peer), true);
                peer.send(hello.duplicate().flip());
            }
        }
        for (Peer peer : peers) {
            if (peer.rank() > rank) {
                Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
                Link link = meeting.arrivals().await(meeting.attempt(), peer.rank(), left);
                if (link == null) {
                    throw failed("%s did not connect within %d seconds"
                            .formatted(peer.place(), meeting.patience().toSeconds()));
                }
                peer.link(link, false);
                peer.send(Kind.WELCOME.message(0));
            }
        }
        List<Peer> below = peers.stream().filter(peer -> peer.rank() < rank).toList();
        await(below, Kind.WELCOME, 0, Duration.ofNanos(Math.max(1, end - System.nanoTime())));
    }

    /** Waits until all peers' messages of a round are there. */
    void await(Kind kind, int round, @Nullable Duration deadline) throws InterruptedException {
        await(peers, kind, round, deadline);
    }

    /** Looks for what others post, and for what comes by itself waits. */
    // So that the threads of this JVM's sockets, which may have this processor only, go on meanwhile.
    @SuppressWarnings("ThreadPriorityCheck")
    private void await(List<Peer> from, Kind kind, int round, @Nullable Duration deadline) throws InterruptedException {
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

    private static PeerFailedException failed(String reason) {
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

    private void fail(Throwable cause) {
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

    /** Tells all peers to leave. */
    void abort(Throwable cause) {
        Throwable first = cause instanceof PeerFailedException && cause.getCause() != null ? cause.getCause() : cause;
        String text = first.getMessage() == null ? first.toString() : first.getMessage();
        fail(first);
        peers.forEach(peer -> peer.send(Kind.ABORT.message(0, text)));
    }

    /**
     * Gives the links back, for the next exchange among the same, when all peers have said, too, that they need nothing more;
     * closes them at once after a failure.
     */
    @Override
    public void close() {
        boolean isClean = false;
        try {
            isClean = sayBye();
        } catch (PeerFailedException e) {
            LOG.debug("Closing in spite of it", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            markClosed();
            for (Peer peer : peers) {
                if (isClean) {
                    peer.giveBack(meeting);
                } else {
                    peer.close();
                }
            }
        }
    }

    private void markClosed() {
        lock.lock();
        try {
            isClosed = true;
        } finally {
            lock.unlock();
        }
    }

    /** Whether all have; not where this is closed. */
    private boolean sayBye() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (isClosed) {
                return false;
            }
            throwIfFailed();
        } finally {
            lock.unlock();
        }
        peers.forEach(peer -> peer.send(Kind.BYE.message(0)));
        await(Kind.BYE, 0, BYE);
        return true;
    }
}
