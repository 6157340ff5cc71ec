package org.lockstep.executor.transport;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Hears what comes over a {@link Link}. Calls come from the link's own thread, one at a time, and must not wait. What a
 * call throws drops the link: the other end does not keep to the protocol.
 */
public interface Receiver {

    /**
     * A message.
     *
     * @param message valid during the call only
     * @param bodyLength bytes that follow it, 0 for none
     * @return where those go; null where there are none
     */
    @Nullable
    Body received(Link from, ByteBuffer message, int bodyLength);

    /**
     * A question, which is answered now or later.
     *
     * @param question valid during the call only
     */
    void asked(Link from, ByteBuffer question, Reply reply);

    /** The link is gone: nothing more comes. */
    void closed(Link link, String reason);

    /**
     * Where a message's body goes, straight from the socket's buffers.
     *
     * @param into as long as the body
     * @param whole told when all of it is there
     */
    record Body(ByteBuffer into, Runnable whole) {}

    /** Answers one question, once. */
    interface Reply {
        void answer(ByteBuffer message);
    }
}
