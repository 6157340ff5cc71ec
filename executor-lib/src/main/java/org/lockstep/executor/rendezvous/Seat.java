package org.lockstep.executor.rendezvous;

import org.lockstep.executor.exchange.NetworkExchange;
import org.lockstep.executor.exchange.ShardRange;
import org.lockstep.report.StepReport;

/** One worker's place in an attempt. */
public final class Seat implements AutoCloseable {

    private final Outpost post;
    private final Terms terms;
    private final Table table;
    private final int worker;
    private final Camp camp;
    private final NetworkExchange exchange;
    private boolean isDone;

    Seat(Outpost post, Terms terms, Table table, int worker, Camp camp, NetworkExchange exchange) {
        this.post = post;
        this.terms = terms;
        this.table = table;
        this.worker = worker;
        this.camp = camp;
        this.exchange = exchange;
    }

    /** The worker's number. */
    public int worker() {
        return worker;
    }

    /** The shards of this worker. */
    public ShardRange shards() {
        return table.crew().owned(terms.tree(), worker);
    }

    public NetworkExchange exchange() {
        return exchange;
    }

    /** Tells the driver of a step; returns whether to go on. */
    public boolean report(StepReport report) throws InterruptedException {
        return post.report(terms.attempt(), report, terms.isSynchronous());
    }

    /** Brings the driver this worker's part of the state. */
    public void store() throws InterruptedException {
        post.store(terms.attempt(), exchange.state(), exchange.part(worker));
        isDone = true;
    }

    @Override
    public void close() {
        camp.leave(isDone);
    }
}
