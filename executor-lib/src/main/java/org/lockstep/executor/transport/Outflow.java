package org.lockstep.executor.transport;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.spark.network.buffer.NioManagedBuffer;
import org.apache.spark.network.protocol.OneWayMessage;

/** Puts messages and their bodies on the wire, in the order in which they are given. Threads may share it. */
final class Outflow {

    /** Spark's handler that encrypts with SASL takes a buffer for sent when half of it is, unless it is one block. */
    private static final String SASL = "saslEncryption";

    private static final int SASL_PIECE = TransportSettings.SASL_BLOCK;

    /** How long a message that nobody waits for is kept. */
    private static final Duration SOON = Duration.ofMillis(50);

    private final Channel channel;
    private final Consumer<Throwable> onFailure;
    private final List<ByteBuffer> kept = new ArrayList<>();

    /** @param onFailure told, in the channel's own thread, of what cannot be sent */
    Outflow(Channel channel, Consumer<Throwable> onFailure) {
        this.channel = channel;
        this.onFailure = onFailure;
    }

    /** Writes a message, and the body that its head tells of, after those that are kept. */
    void write(ByteBuffer head, ByteBuffer... body) {
        synchronized (kept) {
            kept.add(head);
            writeAll(body);
        }
    }

    /** Writes a message that has no body: with the next one, or soon. */
    void writeSoon(ByteBuffer head) {
        boolean isFirst;
        synchronized (kept) {
            isFirst = kept.isEmpty();
            kept.add(head);
        }
        if (isFirst) {
            var unused = channel.eventLoop().schedule(this::writeKept, SOON.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Writes those that are kept. */
    void writeKept() {
        synchronized (kept) {
            if (!kept.isEmpty()) {
                writeAll();
            }
        }
    }

    /** The messages that are kept, of which the last has the body; under their lock, so that none overtakes another. */
    private void writeAll(ByteBuffer... body) {
        List<ByteBuffer> heads = List.copyOf(kept);
        kept.clear();
        // One task for all parts: nobody else's message comes between them.
        channel.eventLoop().execute(() -> {
            ChannelFuture last = channel.newSucceededFuture();
            for (ByteBuffer head : heads) {
                last = channel.write(new OneWayMessage(new NioManagedBuffer(head)));
            }
            int piece = channel.pipeline().get(SASL) == null ? Integer.MAX_VALUE : SASL_PIECE;
            for (ByteBuffer part : body) {
                for (int at = part.position(); at < part.limit(); at += Math.min(piece, part.limit() - at)) {
                    ByteBuffer next = part.slice(at, Math.min(piece, part.limit() - at));
                    last = channel.write(Unpooled.wrappedBuffer(next));
                }
            }
            last.addListener(sent -> {
                if (!sent.isSuccess()) {
                    onFailure.accept(sent.cause());
                }
            });
            channel.flush();
        });
    }
}
