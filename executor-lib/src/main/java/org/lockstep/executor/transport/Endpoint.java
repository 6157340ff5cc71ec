package org.lockstep.executor.transport;

import io.netty.channel.Channel;
import java.io.IOException;
import java.net.BindException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.network.TransportContext;
import org.apache.spark.network.client.TransportClient;
import org.apache.spark.network.client.TransportClientBootstrap;
import org.apache.spark.network.client.TransportClientFactory;
import org.apache.spark.network.crypto.AuthClientBootstrap;
import org.apache.spark.network.crypto.AuthServerBootstrap;
import org.apache.spark.network.sasl.SecretKeyHolder;
import org.apache.spark.network.server.RpcHandler;
import org.apache.spark.network.server.TransportServer;
import org.apache.spark.network.server.TransportServerBootstrap;
import org.apache.spark.network.util.TransportConf;
import org.jspecify.annotations.Nullable;

/**
 * A JVM's port for one run, and its connections to others. Whoever connects must prove the run's secret, on top of what
 * Spark demands ({@code spark.authenticate}, {@code spark.network.crypto.enabled}).
 *
 * <p>Order of use: open, connect, close. Each end sends heartbeats from a thread of its own, so that a slow task is no
 * silence; a link on which nothing comes for {@link TransportSettings#silence} is closed.
 */
public final class Endpoint implements AutoCloseable {

    /** How long a connection may take until both ends are proven. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    /** As many as Spark tries for its own ports. */
    private static final int PORTS = 16;

    private final String host;
    private final Secret secret;
    private final Receiver arrivals;
    private final boolean sharesMemory;
    private final Refusals refusals = new Refusals();
    private final Delivery delivery = new Delivery(this::accepted);
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final TransportContext context;
    private final TransportServer server;
    private final TransportClientFactory clients;
    private final Heartbeat heartbeat;
    /** By the places that they lead to. */
    private final Map<String, Link> kept = new ConcurrentHashMap<>();

    private volatile boolean isClosed;

    private Endpoint(TransportSettings settings, Secret secret, Receiver arrivals) {
        this.host = settings.host();
        this.secret = secret;
        this.arrivals = arrivals;
        this.sharesMemory = settings.sharesMemory();
        TransportConf conf = settings.conf();
        this.context = new TransportContext(conf, delivery);
        List<TransportServerBootstrap> entrance = new ArrayList<>();
        entrance.add(this::guarded);
        List<TransportClientBootstrap> exit = new ArrayList<>();
        SecretKeyHolder spark = settings.secrets();
        if (spark != null) {
            entrance.add(new AuthServerBootstrap(conf, spark));
            exit.add(new AuthClientBootstrap(conf, settings.user(), spark));
        }
        exit.add(new ClientHandshake(secret, sharesMemory));
        this.clients = context.createClientFactory(exit);
        this.server = listen(settings, entrance);
        this.heartbeat = new Heartbeat(links, settings.silence());
    }

    /**
     * Opens a port.
     *
     * @param arrivals hears of links that others connect, until they get a receiver of their own
     */
    public static Endpoint open(TransportSettings settings, Secret secret, Receiver arrivals) {
        return new Endpoint(settings, secret, arrivals);
    }

    private TransportServer listen(TransportSettings settings, List<TransportServerBootstrap> entrance) {
        int tries = settings.port() == 0 ? 1 : PORTS;
        for (int i = 0; ; i++) {
            try {
                return context.createServer(settings.host(), settings.port() + i, entrance);
            } catch (Exception e) {
                if (!(e instanceof BindException) || i + 1 >= tries) {
                    clients.close();
                    throw new IllegalStateException(
                            "Cannot listen on %s, port %d to %d: %s. Set `bind_address` and `port`"
                                    .formatted(settings.host(), settings.port(), settings.port() + i, e.getMessage()),
                            e);
                }
            }
        }
    }

    private RpcHandler guarded(Channel channel, RpcHandler inside) {
        Gate gate = new Gate(refusals);
        channel.pipeline().addFirst(gate);
        return new ServerHandshake(secret, gate, inside);
    }

    private void accepted(TransportClient client) {
        // Of a connection made here, this comes before its handshake, which makes its link.
        if (client.getChannel().parent() != null) {
            add(Link.on(client, arrivals, sharesMemory));
        }
    }

    private Link add(Link link) {
        links.add(link);
        if (isClosed) {
            link.close();
        }
        return link;
    }

    /** Connects to another JVM of the run. What it sends before the receiver has asked for something is lost. */
    public Link connect(String to, int port, Receiver receiver) throws InterruptedException {
        Link before = kept.remove(place(to, port));
        if (before != null && before.isOpen()) {
            before.receiver(receiver);
            return before;
        }
        try {
            Link link = add(Objects.requireNonNull(Link.of(clients.createUnmanagedClient(to, port))));
            link.receiver(receiver);
            return link;
        } catch (IOException | RuntimeException e) {
            throw new UnreachableException("Cannot connect to %s:%d: %s".formatted(to, port, e.getMessage()), e);
        }
    }

    /** Keeps a link that was connected here, and over which nothing is on its way, for the next to the same place. */
    public void keep(String to, int port, Link link) {
        link.receiver(NOBODY);
        kept.values().removeIf(gone -> !gone.isOpen());
        Link other = kept.put(place(to, port), link);
        if (other != null) {
            other.close();
        }
    }

    private static String place(String to, int port) {
        return to + ":" + port;
    }

    public String host() {
        return host;
    }

    public int port() {
        return server.getPort();
    }

    /** Connections that were turned away, or dropped before they had proven the secret. */
    public long refused() {
        return refusals.count();
    }

    /** Connections of proven ends that were dropped for a message that is none of the protocol. */
    public long malformed() {
        return delivery.malformed();
    }

    /** Closes the port and all links; its threads end soon after. */
    @Override
    public void close() {
        isClosed = true;
        heartbeat.close();
        server.close();
        links.forEach(Link::close);
        clients.close();
        context.close();
    }

    /** Hears nothing. */
    static final Receiver NOBODY = new Receiver() {
        @Override
        public @Nullable Body received(Link from, ByteBuffer message, int bodyLength) {
            throw new IllegalArgumentException("nobody listens");
        }

        @Override
        public void asked(Link from, ByteBuffer question, Reply reply) {
            throw new IllegalArgumentException("nobody listens");
        }

        @Override
        public void closed(Link link, String reason) {}
    };
}
