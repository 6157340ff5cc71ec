package org.lockstep.executor.transport;

import java.net.SocketAddress;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connections that were turned away from a port, and those that still have to prove the secret. */
final class Refusals {

    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

    /** At the gate at once; every honest peer is through in milliseconds. */
    private static final int CROWD = 256;

    /** In the order in which they came. */
    private final Set<Gate> waiting = new LinkedHashSet<>();

    private final AtomicLong count = new AtomicLong();

    /**
     * One more waits.
     *
     * @return who has to give way: the first of too many, as honest peers wait for milliseconds only; null where there are
     *     not too many
     */
    synchronized @Nullable Gate waits(Gate gate) {
        waiting.add(gate);
        return waiting.size() > CROWD ? waiting.iterator().next() : null;
    }

    synchronized void entered(Gate gate) {
        waiting.remove(gate);
    }

    /** Says so at the 1st, 2nd, 4th, 8th … time, so that no stranger fills the log. */
    void refused(Gate gate, SocketAddress from, String reason) {
        entered(gate);
        long number = count.incrementAndGet();
        if (Long.bitCount(number) == 1) {
            LOG.warn("Refused connection {} from {}: {}", number, from, reason);
        }
    }

    long count() {
        return count.get();
    }
}
