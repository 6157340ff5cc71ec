package org.lockstep.executor.worker;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.lockstep.executor.queue.PrefetchQueue;
import org.lockstep.executor.step.Network;
import org.lockstep.report.QueueReport;

/**
 * What one run keeps in a JVM from step to step and epoch to epoch: compiled networks, one per thread at work, and a
 * prefetch queue per shard. Thread-safe; a shard's queue has one user at a time.
 */
public final class Workplace implements AutoCloseable {

    private final RunOrder order;
    private final Deque<Network> idle = new ArrayDeque<>();
    private final ShardQueues queues;
    private final Supplier<Network> networks;
    private boolean closed;
    private long lastUse = System.nanoTime();

    /**
     * An empty place for a run.
     *
     * @param networks makes a network for one thread
     */
    public Workplace(RunOrder order, Supplier<Network> networks) {
        this.order = order;
        this.networks = networks;
        this.queues = new ShardQueues(order);
    }

    public RunOrder order() {
        return order;
    }

    /** A network for the calling thread, to be given back. */
    public Network borrowNetwork() {
        synchronized (this) {
            checkOpen();
            Network network = idle.poll();
            if (network != null) {
                return network;
            }
        }
        return networks.get();
    }

    /** Takes back a network that works. */
    public void giveBack(Network network) {
        synchronized (this) {
            if (!closed) {
                idle.push(network);
                return;
            }
        }
        network.close();
    }

    /** Something done with a network. */
    public interface NetworkUse<T> {
        T with(Network network) throws Exception;
    }

    /** Lends a network for a piece of work; one in which the work failed is freed. */
    public <T> T lend(NetworkUse<T> use) throws Exception {
        Network network = borrowNetwork();
        T result;
        try {
            result = use.with(network);
        } catch (Throwable failure) {
            network.close();
            throw failure;
        }
        giveBack(network);
        return result;
    }

    /** The queue of a shard. */
    public synchronized PrefetchQueue queue(int shard) {
        checkOpen();
        return queues.of(shard);
    }

    /** What each shard's queue did since the last call, by shard. */
    public List<QueueReport> drainQueueReports() {
        return queues.drainReports();
    }

    /** Nanoseconds since a worker last asked for a network or a batch. */
    public synchronized long idleNanos() {
        return System.nanoTime() - lastUse;
    }

    private void checkOpen() {
        lastUse = System.nanoTime();
        if (closed) {
            throw new IllegalStateException("Cannot work on run " + order.runId() + ": it has ended");
        }
    }

    /** Ends all fetching threads and processes and frees all networks that are not at work; those are freed when given back. */
    @Override
    public void close() {
        List<Network> networks;
        synchronized (this) {
            closed = true;
            networks = new ArrayList<>(idle);
            idle.clear();
        }
        networks.forEach(Network::close);
        queues.close();
    }
}
