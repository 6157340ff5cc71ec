package org.lockstep.executor.worker;

import java.io.Serializable;
import java.util.List;
import org.lockstep.conf.ClusterConf;
import org.lockstep.conf.CompileConf;
import org.lockstep.data.BatchOrder;
import org.lockstep.data.Shard;
import org.lockstep.executor.exchange.CanonicalTree;
import org.lockstep.model.Sequential;

/**
 * What all workers of a run need to know, the same for each of them.
 *
 * @param runId unique among the runs of a cluster
 * @param engine what computes gradients
 * @param shards all shards of the run, in order
 * @param steps updates per epoch
 * @param epochs the epoch before which the run ends
 * @param maxQueueSize batches that a shard's queue holds at most
 */
public record RunOrder(
        String runId,
        Sequential model,
        CompileConf compile,
        ClusterConf.Engine engine,
        List<Shard> shards,
        BatchOrder batches,
        int steps,
        int epochs,
        int maxQueueSize)
        implements Serializable {

    public RunOrder {
        shards = List.copyOf(shards);
    }

    /** The tree in which the run's sums are taken. */
    public CanonicalTree tree() {
        return new CanonicalTree(shards.size());
    }

    /** The seed that all of the run's randomness hangs on. */
    public long seed() {
        return batches.seed();
    }
}
