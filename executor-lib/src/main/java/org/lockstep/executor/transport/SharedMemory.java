package org.lockstep.executor.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of a link's messages where both ends are on one machine: through memory that they share, for a third of the
 * processor time that a socket takes. Each end offers the other a {@link SharedRing} for what it sends when it has a large
 * body; until that is taken, and whatever does not fit, messages go over the socket. Thread-safe.
 *
 * <pre>
 * offer    capacity, name     by who has a large body to send
 * taken    whether            by the other end
 * </pre>
 */
final class SharedMemory implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SharedMemory.class);

    /** The shortest body that is worth an offer. */
    private static final int LARGE = 4096;

    /** As many may be on their way: the other end has the first, and goes on, before it looks for the second. */
    private static final int BODIES = 2;

    /** Room for what goes with a body, and between two. */
    private static final int SMALL = 1 << 16;

    private boolean isPossible;
    private @Nullable SharedRing outgoing;
    private @Nullable SharedRing offered;
    private @Nullable SharedRing incoming;

    SharedMemory(boolean isPossible) {
        this.isPossible = isPossible;
    }

    /** Writes a message where the other end will find it; returns whether it could. */
    boolean write(int length, ByteBuffer message, ByteBuffer... body) {
        SharedRing ring = ready();
        return ring != null && ring.write(length, message, body);
    }

    /** Not while another is offered: once the other end takes that, it has read all of this one. */
    private synchronized @Nullable SharedRing ready() {
        return offered == null ? outgoing : null;
    }

    /** What to offer the other end, so that a body of this length can be written next time; null for nothing. */
    synchronized @Nullable ByteBuffer offer(int length) {
        boolean isTooSmall = outgoing == null || outgoing.capacity() < length;
        if (!isPossible
                || length < LARGE
                || !isTooSmall
                || offered != null
                || length > Integer.MAX_VALUE / BODIES - 2 * SMALL) {
            return null;
        }
        try {
            SharedRing next = SharedRing.create(BODIES * (length + SMALL));
            offered = next;
            byte[] name = next.name().getBytes(StandardCharsets.US_ASCII);
            return ByteBuffer.allocate(Integer.BYTES + name.length)
                    .putInt(next.capacity())
                    .put(name)
                    .flip();
        } catch (IOException | UnsupportedOperationException e) {
            isPossible = false;
            LOG.info("Sends through the network what could go through memory: {}", e.toString());
            return null;
        }
    }

    /** Takes what the other end offers, when all that it has written before is read; returns whether it could. */
    synchronized boolean take(ByteBuffer offer) {
        int capacity = offer.getInt();
        String name = StandardCharsets.US_ASCII.decode(offer).toString();
        if (!isPossible) {
            return false;
        }
        try {
            SharedRing next = SharedRing.open(name, capacity);
            close(incoming);
            incoming = next;
            return true;
        } catch (IOException e) {
            LOG.debug("Does not take shared memory", e);
            return false;
        }
    }

    /** The other end has, or has not, taken the offer. */
    synchronized void taken(boolean is) {
        SharedRing next = offered;
        if (next == null) {
            throw new IllegalArgumentException("nothing was offered");
        }
        offered = null;
        if (is) {
            close(outgoing);
            outgoing = next;
        } else {
            isPossible = false;
            close(next);
        }
    }

    /** Hands over all that the other end has written. */
    void read(SharedRing.Reader reader) {
        SharedRing ring = taken();
        if (ring != null) {
            ring.read(reader);
        }
    }

    private synchronized @Nullable SharedRing taken() {
        return incoming;
    }

    boolean isTaken() {
        return taken() != null;
    }

    @Override
    public synchronized void close() {
        isPossible = false;
        close(outgoing);
        close(offered);
        close(incoming);
    }

    private static void close(@Nullable SharedRing ring) {
        if (ring != null) {
            ring.close();
        }
    }
}
