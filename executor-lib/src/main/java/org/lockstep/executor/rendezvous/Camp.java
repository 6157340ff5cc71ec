package org.lockstep.executor.rendezvous;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.lockstep.executor.TrainState;
import org.lockstep.executor.exchange.NetworkExchange;
import org.lockstep.executor.exchange.PeerFailedException;
import org.lockstep.executor.exchange.Slice;

/** The workers of one attempt that share one executor, and their exchange: the first to come makes it. */
final class Camp {

    private final Outpost post;
    private final Terms terms;
    private final Table table;
    private final int rank;
    private final CompletableFuture<NetworkExchange> exchange = new CompletableFuture<>();
    private int toLeave;
    private boolean isWhole = true;

    Camp(Outpost post, Terms terms, Table table, int rank) {
        this.post = post;
        this.terms = terms;
        this.table = table;
        this.rank = rank;
        this.toLeave = table.members().get(rank).tasks().size();
    }

    /** Makes the exchange, or fails it for all. */
    void open() throws InterruptedException {
        try {
            Slice owned = NetworkExchange.owned(terms.model(), terms.optimizer(), table.crew(), rank);
            TrainState state = post.take(terms.attempt(), table, owned, () -> terms.empty(owned));
            NetworkExchange joined = NetworkExchange.join(
                    terms.model(),
                    terms.optimizer(),
                    terms.tree(),
                    table.crew(),
                    rank,
                    state,
                    (trained, part) -> !terms.isSynchronous() || post.agree(terms.attempt(), rank, trained, part),
                    terms.meeting(post, table));
            post.watch(joined);
            exchange.complete(joined);
        } catch (Throwable e) {
            exchange.completeExceptionally(e);
            throw e;
        }
    }

    /** The exchange, once it is made. */
    NetworkExchange exchange() throws InterruptedException {
        try {
            return exchange.get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw new PeerFailedException(cause == null ? e : cause);
        }
    }

    /**
     * A worker leaves; the last closes the exchange and, if all went well, keeps the state.
     *
     * @param isDone whether the worker has brought its part to the driver
     */
    void leave(boolean isDone) {
        synchronized (this) {
            isWhole &= isDone;
            toLeave--;
            if (toLeave > 0) {
                return;
            }
        }
        NetworkExchange joined = exchange.isDone() && !exchange.isCompletedExceptionally() ? exchange.join() : null;
        if (joined != null) {
            joined.close();
            post.unwatch(joined);
            if (isWhole) {
                post.hold(new Outpost.Held(joined.state(), joined.owned(), terms.attempt()));
            }
        }
        post.strike(terms.attempt());
    }
}
