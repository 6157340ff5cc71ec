package org.lockstep.executor.transport;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.spark.network.buffer.ManagedBuffer;
import org.apache.spark.network.client.RpcResponseCallback;
import org.apache.spark.network.client.TransportClient;
import org.apache.spark.network.server.RpcHandler;
import org.apache.spark.network.server.StreamManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands what comes from proven ends to their links; drops those that do not keep to the protocol. */
final class Delivery extends RpcHandler {

    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

    private final Consumer<TransportClient> accepted;
    private final AtomicLong malformed = new AtomicLong();
    private final StreamManager noStreams = new NoStreams();

    Delivery(Consumer<TransportClient> accepted) {
        this.accepted = accepted;
    }

    @Override
    public void receive(TransportClient client, ByteBuffer message, RpcResponseCallback callback) {
        guarded(client, link -> link.deliver(message, callback));
    }

    @Override
    public void receive(TransportClient client, ByteBuffer message) {
        guarded(client, link -> link.deliver(message));
    }

    private void guarded(TransportClient client, Consumer<Link> work) {
        Link link = Link.of(client);
        if (link == null) {
            var unused = client.getChannel().close();
            return;
        }
        try {
            work.accept(link);
        } catch (RuntimeException e) {
            malformed.incrementAndGet();
            LOG.warn("Dropped the connection to {}: a message of it is malformed", link.address(), e);
            link.malformed(e);
        }
    }

    /** Messages that were not of the protocol, each of which has ended its connection. */
    long malformed() {
        return malformed.get();
    }

    @Override
    public void channelActive(TransportClient client) {
        accepted.accept(client);
    }

    @Override
    public void channelInactive(TransportClient client) {
        Link link = Link.of(client);
        if (link != null) {
            link.gone();
        }
    }

    @Override
    public StreamManager getStreamManager() {
        return noStreams;
    }

    private static final class NoStreams extends StreamManager {
        @Override
        public ManagedBuffer getChunk(long stream, int chunk) {
            throw new UnsupportedOperationException("Cannot fetch a chunk: this port has none");
        }
    }
}
