package org.lockstep.executor.worker;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.lockstep.conf.InputConf;
import org.lockstep.data.Feed;
import org.lockstep.data.Shard;
import org.lockstep.executor.queue.PrefetchQueue;
import org.lockstep.executor.queue.QueueOrder;
import org.lockstep.executor.queue.child.ChildPool;
import org.lockstep.report.QueueReport;

/** The prefetch queues of one run in a JVM, and the child processes that make their batches, if the run has such. */
final class ShardQueues implements AutoCloseable {

    private final RunOrder order;
    private final Map<Integer, PrefetchQueue> queues = new TreeMap<>();
    private @Nullable ChildPool children;

    ShardQueues(RunOrder order) {
        this.order = order;
    }

    /** The queue of a shard, which opens it when it is first asked for a batch. */
    synchronized PrefetchQueue of(int shard) {
        return queues.computeIfAbsent(shard, number -> {
            QueueOrder queue = new QueueOrder(number, order.windows(), order::updates, order.input());
            return new PrefetchQueue(queue, feed(order.shards().get(number)));
        });
    }

    private Supplier<Feed> feed(Shard pointer) {
        InputConf input = order.input();
        if (!input.useMultiprocessing() || input.workers() == 0) {
            return () -> pointer.open(order.batches());
        }
        ChildPool pool = children == null ? FitChildren.hold(order) : children;
        children = pool;
        return () -> pool.open(pointer, order.batches());
    }

    /** What each queue did since the last call, by shard. */
    synchronized List<QueueReport> drainReports() {
        return queues.values().stream().map(PrefetchQueue::drainReport).toList();
    }

    /** Ends all threads that make batches, and the processes unless another run of the fit has them too. */
    @Override
    public void close() {
        List<PrefetchQueue> open;
        ChildPool pool;
        synchronized (this) {
            open = List.copyOf(queues.values());
            queues.clear();
            pool = children;
            children = null;
        }
        try {
            open.forEach(PrefetchQueue::close);
        } finally {
            if (pool != null) {
                FitChildren.release(order);
            }
        }
    }
}
