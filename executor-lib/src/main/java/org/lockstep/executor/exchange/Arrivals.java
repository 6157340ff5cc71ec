package org.lockstep.executor.exchange;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.lockstep.executor.transport.Link;
import org.lockstep.executor.transport.Receiver;

/** Links that other executors have connected, until the exchange that they are meant for takes them. */
public final class Arrivals implements Receiver {

    private final Map<Key, CompletableFuture<Link>> expected = new ConcurrentHashMap<>();

    private record Key(int attempt, int rank) {}

    /** The link of a rank; null where it does not come in time. */
    @Nullable
    Link await(int attempt, int rank, Duration deadline) throws InterruptedException {
        Key key = new Key(attempt, rank);
        try {
            return future(key).get(deadline.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return null;
        } catch (ExecutionException e) {
            throw new IllegalStateException("Cannot fail: links only arrive", e);
        } finally {
            expected.remove(key);
        }
    }

    private CompletableFuture<Link> future(Key key) {
        return expected.computeIfAbsent(key, absent -> new CompletableFuture<>());
    }

    @Override
    public @Nullable Body received(Link from, ByteBuffer message, int bodyLength) {
        Kind kind = Kind.of(message.get());
        int attempt = message.getInt();
        if (kind != Kind.HELLO || bodyLength > 0) {
            throw new IllegalArgumentException(kind + " before hello");
        }
        future(new Key(attempt, message.getInt())).complete(from);
        return null;
    }

    @Override
    public void asked(Link from, ByteBuffer question, Reply reply) {
        throw new IllegalArgumentException("executors answer nothing");
    }

    @Override
    public void closed(Link link, String reason) {
        expected.values().removeIf(future -> future.isDone() && future.getNow(link) == link);
    }
}
