package org.lockstep.executor.exchange;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.lockstep.executor.transport.Link;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One executor's links to all others of a network exchange; the first failure of any ends all. */
final class Mesh implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Mesh.class);
    private static final Duration BYE = Duration.ofSeconds(10);

    private final List<Peer> peers = new ArrayList<>();
    private final Meeting meeting;
    private final Lookout lookout;

    /**
     * Links still to be made.
     *
     * @param onFailure told of the first failure, in any thread
     */
    Mesh(Meeting meeting, Consumer<Throwable> onFailure) {
        this.meeting = meeting;
        this.lookout = new Lookout(onFailure);
    }

    /** What tells of peers' messages and failures. */
    Lookout lookout() {
        return lookout;
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
                    throw Lookout.failed("%s did not connect within %d seconds"
                            .formatted(peer.place(), meeting.patience().toSeconds()));
                }
                peer.link(link, false);
                peer.send(Kind.WELCOME.message(0));
            }
        }
        List<Peer> below = peers.stream().filter(peer -> peer.rank() < rank).toList();
        lookout.await(below, Kind.WELCOME, 0, Duration.ofNanos(Math.max(1, end - System.nanoTime())));
    }

    /** Waits until all peers' messages of a round are there. */
    void await(Kind kind, int round, @Nullable Duration deadline) throws InterruptedException {
        lookout.await(peers, kind, round, deadline);
    }

    /** Tells all peers to leave. */
    void abort(Throwable cause) {
        Throwable first = cause instanceof PeerFailedException && cause.getCause() != null ? cause.getCause() : cause;
        String text = first.getMessage() == null ? first.toString() : first.getMessage();
        lookout.fail(first);
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
            lookout.close();
            for (Peer peer : peers) {
                if (isClean) {
                    peer.giveBack(meeting);
                } else {
                    peer.close();
                }
            }
        }
    }

    /** Whether all have; not where this is closed. */
    private boolean sayBye() throws InterruptedException {
        if (!lookout.isOpen()) {
            return false;
        }
        peers.forEach(peer -> peer.send(Kind.BYE.message(0)));
        await(Kind.BYE, 0, BYE);
        return true;
    }
}
