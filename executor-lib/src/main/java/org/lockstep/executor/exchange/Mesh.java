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

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Peer> peers = new ArrayList<>();
    private final Consumer<Throwable> onFailure;
    private @Nullable Throwable failure;
    private boolean isClosed;

    /**
     * Links still to be made.
     *
     * @param onFailure told of the first failure, in any thread
     */
    Mesh(Consumer<Throwable> onFailure) {
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
    void join(Meeting meeting, int rank) throws InterruptedException {
        long end = System.nanoTime() + meeting.patience().toNanos();
        ByteBuffer hello = Kind.HELLO.head(meeting.attempt(), Integer.BYTES).putInt(rank);
        for (Peer peer : peers) {
            if (peer.rank() < rank) {
                Meeting.Address to = meeting.addresses().get(peer.rank());
                peer.link(meeting.endpoint().connect(to.host(), to.port(), peer));
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
                peer.link(link);
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

    private void await(List<Peer> from, Kind kind, int round, @Nullable Duration deadline) throws InterruptedException {
        long end = deadline == null ? 0 : System.nanoTime() + deadline.toNanos();
        lock.lockInterruptibly();
        try {
            for (Peer peer : from) {
                while (!peer.hasArrived(kind, round)) {
                    throwIfFailed();
                    if (deadline == null) {
                        changed.await();
                    } else if (!changed.await(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                        throw failed(
                                "%s sent no %s within %d seconds".formatted(peer.place(), kind, deadline.toSeconds()));
                    }
                }
            }
        } finally {
            lock.unlock();
        }
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

    /** Closes the links, when all peers have said, too, that they need nothing more; at once after a failure. */
    @Override
    public void close() {
        try {
            sayBye();
        } catch (PeerFailedException e) {
            LOG.debug("Closing in spite of it", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            markClosed();
            peers.forEach(Peer::close);
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

    private void sayBye() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (isClosed) {
                return;
            }
            throwIfFailed();
        } finally {
            lock.unlock();
        }
        peers.forEach(peer -> peer.send(Kind.BYE.message(0)));
        await(Kind.BYE, 0, BYE);
    }
}
