package org.lockstep.executor.rendezvous;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.lockstep.executor.TrainState;
import org.lockstep.executor.exchange.Slice;
import org.lockstep.executor.transport.Link;

/** An executor's questions to the driver, over one link. */
final class DriverLine {

    /** For an answer that the driver need not wait for. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Link link;

    DriverLine(Link link) {
        this.link = link;
    }

    void tell(ByteBuffer message) {
        link.send(message);
    }

    void tellSoon(ByteBuffer message) {
        link.sendSoon(message);
    }

    /**
     * The answer to a question.
     *
     * @param patience null where the driver may take its time
     */
    ByteBuffer ask(ByteBuffer question, @Nullable Duration patience) throws InterruptedException {
        CompletableFuture<ByteBuffer> answer = link.ask(question);
        try {
            return Answers.read(
                    patience == null ? answer.get() : answer.get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException e) {
            throw new IllegalStateException("Cannot go on: the driver does not answer: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new IllegalStateException("Cannot go on: the driver does not answer in time", e);
        }
    }

    /**
     * Takes the driver's state: all weights, and of the slots what is owned.
     *
     * @param atEnd whether it is the one that the attempt ends with, or begins with
     */
    void fetch(int attempt, boolean atEnd, TrainState state, Slice owned) throws InterruptedException {
        for (Chunk chunk : Chunk.toBegin(state, owned)) {
            ByteBuffer question = Call.FETCH.head(attempt, 1 + Chunk.BYTES).put((byte) (atEnd ? 1 : 0));
            chunk.put(state, ask(chunk.putOn(question).flip(), PATIENCE));
        }
    }

    /** Brings the driver this part of the state. */
    void store(int attempt, TrainState state, Slice part) throws InterruptedException {
        for (Chunk chunk : Chunk.toKeep(state, part)) {
            ByteBuffer out = chunk.putOn(Call.STORE.head(attempt, Chunk.BYTES + chunk.size()));
            chunk.copy(state, out);
            ask(out.flip(), PATIENCE);
        }
    }
}
