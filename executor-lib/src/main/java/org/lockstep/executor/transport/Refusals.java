package org.lockstep.executor.transport;

import io.netty.channel.Channel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connections that were turned away from a port, and those that still have to prove the secret. */
final class Refusals {

    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

    /** At the gate at once; every honest peer is through in milliseconds. */
    private static final int CROWD = 256;

    private final Set<Channel> waiting = ConcurrentHashMap.newKeySet();
    private final AtomicLong count = new AtomicLong();

    boolean isCrowded() {
        return waiting.size() >= CROWD;
    }

    void waits(Channel channel) {
        waiting.add(channel);
    }

    void entered(Channel channel) {
        waiting.remove(channel);
    }

    /** Says so at the 1st, 2nd, 4th, 8th … time, so that no stranger fills the log. */
    void refused(Channel channel, String reason) {
        waiting.remove(channel);
        long number = count.incrementAndGet();
        if (Long.bitCount(number) == 1) {
            LOG.warn("Refused connection {} from {}: {}", number, channel.remoteAddress(), reason);
        }
    }

    long count() {
        return count.get();
    }
}
