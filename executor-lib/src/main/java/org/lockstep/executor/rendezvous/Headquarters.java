package org.lockstep.executor.rendezvous;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.lockstep.executor.transport.Endpoint;
import org.lockstep.executor.transport.Link;
import org.lockstep.executor.transport.Receiver;
import org.lockstep.executor.transport.Secret;
import org.lockstep.executor.transport.TransportSettings;

/**
 * The driver's port for one run. Executors register here for an attempt at a segment, fetch the state that it begins with,
 * report steps and bring what it ends with. When the port closes, executors end what they keep of the run.
 */
public final class Headquarters implements Receiver, AutoCloseable {

    private final Endpoint endpoint;
    private final Consumer<Caller> onSilence;
    /** The executors behind lines. */
    private final Map<Link, Caller> executors = new ConcurrentHashMap<>();

    private volatile @Nullable Attempt current;

    /**
     * Opens the port.
     *
     * @param onSilence told of an executor that says nothing more, at any time; must not wait
     */
    public Headquarters(TransportSettings settings, Secret secret, Consumer<Caller> onSilence) {
        this.onSilence = onSilence;
        this.endpoint = Endpoint.open(settings, secret, this);
    }

    public String host() {
        return endpoint.host();
    }

    public int port() {
        return endpoint.port();
    }

    /** Connections of executors that were dropped for what they said. */
    public long malformed() {
        return endpoint.malformed();
    }

    /** Connections that were turned away. */
    public long refused() {
        return endpoint.refused();
    }

    /** Whether an executor has a line, so that its silence would be noticed. */
    public boolean hears(String executor) {
        return executors.values().stream().anyMatch(one -> one.executor().equals(executor));
    }

    /** Lets executors take part in this attempt, and in no other. */
    public void begin(Attempt attempt) {
        current = attempt;
    }

    /** No attempt goes on. */
    public void end() {
        current = null;
    }

    @Override
    public @Nullable Body received(Link from, ByteBuffer message, int bodyLength) {
        if (bodyLength > 0) {
            throw new IllegalArgumentException("a body of " + bodyLength + " bytes");
        }
        Call call = Call.of(message.get());
        Attempt attempt = attempt(message.getInt());
        if (call == Call.HERE) {
            executors.put(from, Caller.read(message));
        } else if (attempt != null) {
            switch (call) {
                case REPORT -> attempt.reported(from, Reported.read(message));
                case FAILED -> attempt.failed(message.get() != 0, Call.text(message), message.getInt());
                default -> throw new IllegalArgumentException(call + " wants an answer");
            }
        }
        return null;
    }

    @Override
    public void asked(Link from, ByteBuffer question, Reply reply) {
        Call call = Call.of(question.get());
        Attempt attempt = attempt(question.getInt());
        if (attempt == null) {
            reply.answer(Answers.refusal("the attempt is over"));
            return;
        }
        switch (call) {
            case REGISTER -> attempt.register(Registration.read(question), reply);
            case FETCH -> attempt.fetch(question.get() != 0, Chunk.read(question), reply);
            case STORE -> attempt.store(Chunk.read(question), question, reply);
            case AGREE -> attempt.agree(question.getInt(), reply);
            default -> throw new IllegalArgumentException(call + " is no question");
        }
    }

    private @Nullable Attempt attempt(int number) {
        Attempt attempt = current;
        return attempt == null || attempt.number() != number ? null : attempt;
    }

    @Override
    public void closed(Link link, String reason) {
        Caller executor = executors.remove(link);
        if (executor == null) {
            return;
        }
        Attempt attempt = current;
        if (attempt != null) {
            attempt.lost(executor, reason);
        }
        if (link.isSilent()) {
            onSilence.accept(executor);
        }
    }

    @Override
    public void close() {
        current = null;
        endpoint.close();
    }
}
