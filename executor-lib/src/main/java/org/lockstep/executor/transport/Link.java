package org.lockstep.executor.transport;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.apache.spark.network.client.RpcResponseCallback;
import org.apache.spark.network.client.TransportClient;
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

    private final TransportClient client;
    private final Outflow out;
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
        this.out = new Outflow(client.getChannel(), cause -> close("cannot send to it: " + cause));
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
        int length = length(body);
        count(message, length);
        out.write(head(length, message), body);
    }

    /** Sends a message that nobody waits for, together with others: before the next that is sent or asked, or soon. */
    public void sendSoon(ByteBuffer message) {
        count(message, 0);
        out.writeSoon(head(0, message));
    }

    private void count(ByteBuffer message, int length) {
        sent.add(FRAME + Integer.BYTES + message.remaining() + length);
    }

    /** The code, or the length of the body, and what follows. */
    private static ByteBuffer head(int code, ByteBuffer message) {
        return ByteBuffer.allocate(Integer.BYTES + message.remaining())
                .putInt(code)
                .put(message)
                .flip();
    }

    /**
     * The same, for an end that {@link #collect}s: where both are on one machine it may go through memory, and then arrive
     * before what was sent.
     */
    public synchronized void post(ByteBuffer message, ByteBuffer... body) {
        int length = length(body);
        if (isInMemory(length, message, body)) {
            count(message, length);
            shared.add(length);
            return;
        }
        ByteBuffer offer = memory.offer(length);
        if (offer != null) {
            out.write(head(OFFER, offer));
        }
        send(message, body);
    }

    private boolean isInMemory(int length, ByteBuffer message, ByteBuffer... body) {
        try {
            return memory.write(length, message, body);
        } catch (IllegalArgumentException e) {
            malformed(e);
            return false;
        }
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
            malformed(e);
        }
    }

    /** Drops the connection to an end that does not keep to the protocol. */
    void malformed(RuntimeException e) {
        close("a message of it is malformed: " + e.getMessage());
    }

    /** Whether what is posted must be collected; else all comes by itself. */
    public boolean isCollected() {
        return memory.isTaken();
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
        out.writeKept();
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
                out.write(head(TAKEN, ByteBuffer.wrap(new byte[] {is})));
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
