package org.lockstep.executor.worker;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.lockstep.executor.Kernel;
import org.lockstep.executor.exchange.ShardRange;
import org.lockstep.executor.exchange.SubtreeSums;
import org.lockstep.executor.queue.PrefetchQueue;
import org.lockstep.executor.step.Network;
import org.lockstep.report.QueueReport;

/**
 * What one run keeps in a JVM from step to step and epoch to epoch: compiled networks, one per thread at work, buffers for
 * gradients, and a prefetch queue per shard. Thread-safe; a shard's queue has one user at a time.
 */
public final class Workplace implements AutoCloseable {

    private final RunOrder order;
    private final Deque<Network> idle = new ArrayDeque<>();
    private final Map<ShardRange, SubtreeSums> sums = new HashMap<>();
    private final ShardQueues queues;
    private final Supplier<Network> networks;
    private int lent;
    private boolean closed;
    private long lastUse = System.nanoTime();
    private final Object probing = new Object();
    private @Nullable Kernel kernel;

    /**
     * An empty place for a run, whose settings of Hadoop's file systems hold in this JVM from now on.
     *
     * @param networks makes a network for one thread
     */
    public Workplace(RunOrder order, Supplier<Network> networks) {
        this.order = order;
        this.networks = networks;
        this.queues = new ShardQueues(order);
        order.hadoop().apply();
    }

    public RunOrder order() {
        return order;
    }

    /** A network for the calling thread, to be given back or discarded. */
    public Network borrowNetwork() {
        synchronized (this) {
            checkOpen();
            Network network = idle.poll();
            if (network != null) {
                lent++;
                return network;
            }
        }
        Network made = networks.get();
        synchronized (this) {
            lent++;
        }
        return made;
    }

    /** Takes back a network that works. */
    public void giveBack(Network network) {
        synchronized (this) {
            returned();
            if (!closed) {
                idle.push(network);
                return;
            }
        }
        network.close();
    }

    /** Takes back a network in which something failed, and frees it. */
    public void discard(Network network) {
        synchronized (this) {
            returned();
        }
        network.close();
    }

    /** Room for the gradients of some shards, each of so many numbers: that which was kept, if nobody has it. */
    SubtreeSums takeSums(ShardRange shards, int length) {
        SubtreeSums kept;
        synchronized (this) {
            kept = sums.remove(shards);
        }
        return kept == null ? new SubtreeSums(order.tree(), shards, length) : kept;
    }

    /** Keeps room whose gradients nobody reads any more. */
    synchronized void keepSums(ShardRange shards, SubtreeSums room) {
        if (!closed) {
            sums.put(shards, room);
        }
    }

    private void returned() {
        lent--;
        lastUse = System.nanoTime();
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
            discard(network);
            throw failure;
        }
        giveBack(network);
        return result;
    }

    /** What this JVM computes the run with, found out at the first call. */
    public Kernel kernel() throws Exception {
        synchronized (probing) {
            Kernel known = kernel == null ? lend(network -> Probe.of(order, network)) : kernel;
            kernel = known;
            return known;
        }
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

    /** Nanoseconds since a worker last had a network or asked for a batch; 0 while one has. */
    public synchronized long idleNanos() {
        return lent > 0 ? 0 : System.nanoTime() - lastUse;
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
            sums.clear();
        }
        networks.forEach(Network::close);
        queues.close();
    }
}
