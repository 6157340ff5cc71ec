package org.lockstep.executor.transport;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.util.AttributeKey;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.apache.spark.network.buffer.NioManagedBuffer;
import org.apache.spark.network.client.RpcResponseCallback;
import org.apache.spark.network.client.TransportClient;
import org.apache.spark.network.protocol.OneWayMessage;
import org.apache.spark.network.util.TransportFrameDecoder;
import org.jspecify.annotations.Nullable;

/**
 * A connection whose two ends have proven the run's secret. Messages arrive in the order in which they were sent. Threads
 * may share it.
 */
public final class Link implements AutoCloseable {

    private static final AttributeKey<Link> KEY = AttributeKey.valueOf("lockstep.link");
    /** In the place of a body's length: nothing follows. */
    private static final int HEARTBEAT = -1;

    /** What {@link SharedMemory#offer} says follows. */
    private static final int OFFER = -2;

    /** Whether the other end has taken the offer follows, as a byte. */
    private static final int TAKEN = -3;

    /** Of Spark's: the frame's length, the message's kind and its length. */
    private static final long FRAME = Long.BYTES + 1 + Integer.BYTES;

    /** Spark's handler that encrypts with SASL takes a buffer for sent when half of it is, unless it is one block. */
    private static final String SASL = "saslEncryption";

    private static final int SASL_PIECE = TransportSettings.SASL_BLOCK;

    /** How long a message that nobody waits for is kept. */
    private static final Duration SOON = Duration.ofMillis(50);

    private final TransportClient client;
    private final List<ByteBuffer> kept = new ArrayList<>();
    private final AtomicReference<Receiver> told = new AtomicReference<>(Endpoint.NOBODY);
    private volatile Receiver receiver;
    private volatile String reason = "its connection closed";
    private volatile boolean isGone;
    private volatile boolean isSilent;
    private volatile long lastHeard = System.nanoTime();
    private final LongAdder sent = new LongAdder();
    private final LongAdder shared = new LongAdder();
    private final SharedMemory memory;

    private Link(TransportClient client, Receiver receiver, boolean sharesMemory) {
        this.client = client;
        this.receiver = receiver;
        this.memory = new SharedMemory(sharesMemory && SharedRing.isPossible() && isOfOneMachine(client.getChannel()));
    }

    /**
     * Makes a link of a connection.
     *
     * @param sharesMemory whether what is posted may go through memory, where both ends are on one machine
     */
    static Link on(TransportClient client, Receiver receiver, boolean sharesMemory) {
        Link link = new Link(client, receiver, sharesMemory);
        client.getChannel().attr(KEY).set(link);
        return link;
    }

    private static boolean isOfOneMachine(Channel channel) {
        return channel.localAddress() instanceof InetSocketAddress here
                && channel.remoteAddress() instanceof InetSocketAddress there
                && here.getAddress().equals(there.getAddress());
    }

    static @Nullable Link of(TransportClient client) {
        return client.getChannel().attr(KEY).get();
    }

    /** Lets somebody else hear of what comes from now on. To be called before the other end is told to go on. */
    public void receiver(Receiver next) {
        receiver = next;
        if (isGone) {
            gone();
        }
    }

    /**
     * Sends a message and its body, without waiting. Buffers must stay as they are until the other end is known to have
     * them; direct ones go to the socket as they are.
     */
    public void send(ByteBuffer message, ByteBuffer... body) {
        sendKept();
        int length = length(body);
        sent.add(FRAME + Integer.BYTES + message.remaining() + length);
        write(head(length, message), body);
    }

    private static ByteBuffer head(int length, ByteBuffer message) {
        return ByteBuffer.allocate(Integer.BYTES + message.remaining())
                .putInt(length)
                .put(message)
                .flip();
    }

    /** Sends a message that nobody waits for, together with others: before the next that is sent or asked, or soon. */
    public void sendSoon(ByteBuffer message) {
        sent.add(FRAME + Integer.BYTES + message.remaining());
        synchronized (kept) {
            kept.add(head(0, message));
            if (kept.size() > 1) {
                return;
            }
        }
        var unused = client.getChannel().eventLoop().schedule(this::sendKept, SOON.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void sendKept() {
        List<ByteBuffer> all;
        synchronized (kept) {
            if (kept.isEmpty()) {
                return;
            }
            all = List.copyOf(kept);
            kept.clear();
        }
        Channel channel = client.getChannel();
        channel.eventLoop().execute(() -> {
            all.forEach(head -> {
                var unused = channel.write(new OneWayMessage(new NioManagedBuffer(head)));
            });
            channel.flush();
        });
    }

    /**
     * The same, for an end that {@link #collect}s: where both are on one machine it may go through memory, and then arrive
     * before what was sent.
     */
    public synchronized void post(ByteBuffer message, ByteBuffer... body) {
        int length = length(body);
        if (memory.write(length, message, body)) {
            sent.add(FRAME + Integer.BYTES + message.remaining() + length);
            shared.add(length);
            return;
        }
        ByteBuffer offer = memory.offer(length);
        if (offer != null) {
            write(ByteBuffer.allocate(Integer.BYTES + offer.remaining())
                    .putInt(OFFER)
                    .put(offer)
                    .flip());
        }
        send(message, body);
    }

    private static int length(ByteBuffer... body) {
        int length = 0;
        for (ByteBuffer part : body) {
            length = Math.addExact(length, part.remaining());
        }
        return length;
    }

    /** Lets the receiver have what the other end has posted, in this thread. */
    public void collect() {
        try {
            memory.read(this::received);
        } catch (RuntimeException e) {
            close("a message of it is malformed: " + e.getMessage());
        }
    }

    /** Whether what is posted must be collected; else all comes by itself. */
    public boolean isCollected() {
        return memory.isTaken();
    }

    private void write(ByteBuffer head, ByteBuffer... body) {
        Channel channel = client.getChannel();
        // One task for all parts: nobody else's message comes between them.
        channel.eventLoop().execute(() -> {
            ChannelFuture last = channel.write(new OneWayMessage(new NioManagedBuffer(head)));
            int piece = channel.pipeline().get(SASL) == null ? Integer.MAX_VALUE : SASL_PIECE;
            for (ByteBuffer part : body) {
                for (int at = part.position(); at < part.limit(); at += Math.min(piece, part.limit() - at)) {
                    ByteBuffer next = part.slice(at, Math.min(piece, part.limit() - at));
                    last = channel.write(Unpooled.wrappedBuffer(next));
                }
            }
            last.addListener(sent -> {
                if (!sent.isSuccess()) {
                    close("cannot send to it: " + sent.cause());
                }
            });
            channel.flush();
        });
    }

    /** Bytes of all messages sent and of their bodies, frames included; encryption, and heartbeats, are not counted. */
    public long sentBytes() {
        return sent.sum();
    }

    /** Of those, the bytes of bodies that went through memory. */
    public long sharedBytes() {
        return shared.sum();
    }

    void beat() {
        ByteBuffer head = ByteBuffer.allocate(Integer.BYTES).putInt(HEARTBEAT).flip();
        client.send(head);
    }

    /** Asks a question; the answer comes with the future, which fails where the link does. */
    public CompletableFuture<ByteBuffer> ask(ByteBuffer question) {
        sendKept();
        CompletableFuture<ByteBuffer> future = new CompletableFuture<>();
        client.sendRpc(question, new RpcResponseCallback() {
            @Override
            public void onSuccess(ByteBuffer response) {
                heard();
                future.complete(
                        ByteBuffer.allocate(response.remaining()).put(response).flip());
            }

            @Override
            public void onFailure(Throwable cause) {
                future.completeExceptionally(cause);
            }
        });
        return future;
    }

    void heard() {
        lastHeard = System.nanoTime();
    }

    /** Nanoseconds since anything came. */
    long silence() {
        return System.nanoTime() - lastHeard;
    }

    /** Closes a link over which nothing comes. */
    void fallSilent(String why) {
        isSilent = true;
        close(why);
    }

    /** Whether it was closed because nothing came: the other end may be there still, and not know. */
    public boolean isSilent() {
        return isSilent;
    }

    void deliver(ByteBuffer message) {
        heard();
        int length = message.getInt();
        switch (length) {
            case HEARTBEAT -> {}
            case OFFER -> {
                collect();
                byte is = (byte) (memory.take(message) ? 1 : 0);
                write(ByteBuffer.allocate(Integer.BYTES + 1)
                        .putInt(TAKEN)
                        .put(is)
                        .flip());
            }
            case TAKEN -> memory.taken(message.get() != 0);
            default -> {
                Receiver.Body body = received(message, length);
                if (body != null) {
                    frames().setInterceptor(new Inflow(this, body));
                }
            }
        }
    }

    private Receiver.@Nullable Body received(ByteBuffer message, int length) {
        if (length < 0) {
            throw new IllegalArgumentException("a body of " + length + " bytes");
        }
        Receiver.Body body = receiver.received(this, message, length);
        if (length == 0) {
            return null;
        }
        if (body == null || body.into().remaining() != length) {
            throw new IllegalArgumentException("a body of " + length + " bytes is not expected");
        }
        return body;
    }

    private TransportFrameDecoder frames() {
        return (TransportFrameDecoder) client.getChannel().pipeline().get(TransportFrameDecoder.HANDLER_NAME);
    }

    void deliver(ByteBuffer question, RpcResponseCallback callback) {
        heard();
        receiver.asked(this, question, callback::onSuccess);
    }

    /** The connection is gone. */
    void gone() {
        isGone = true;
        memory.close();
        Receiver hears = receiver;
        if (hears != Endpoint.NOBODY && told.getAndSet(hears) != hears) {
            hears.closed(this, reason);
        }
    }

    public boolean isOpen() {
        return !isGone && client.getChannel().isActive();
    }

    /** The other end. */
    public String address() {
        return String.valueOf(client.getSocketAddress());
    }

    /** Closes without waiting; the receiver hears of the reason. */
    public void close(String why) {
        if (client.getChannel().isActive()) {
            reason = why;
        }
        client.timeOut();
        var unused = client.getChannel().close();
    }

    @Override
    public void close() {
        close("this end closed it");
    }
}
