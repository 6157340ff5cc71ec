package org.lockstep.executor.worker;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lockstep.conf.ClusterConf;
import org.lockstep.conf.CompileConf;
import org.lockstep.conf.InputConf;
import org.lockstep.data.BatchOrder;
import org.lockstep.data.Shard;
import org.lockstep.data.Window;
import org.lockstep.data.storage.HadoopSettings;
import org.lockstep.executor.exchange.CanonicalTree;
import org.lockstep.model.Model;

/**
 * What all workers of a run need to know, the same for each of them.
 *
 * @param runId unique among the runs of a cluster; FIT/… for each run of one fit
 * @param engine what computes gradients
 * @param threads of each shard's network
 * @param shards all shards of the run, in order
 * @param windows what epochs will take of the data as far as it is known, for prefetching
 * @param batchesPerUpdate of the data's batches
 * @param input how batches are fetched
 * @param classWeight how classes weigh in training; null weighs none
 * @param isSynchronous whether workers wait after each step until the driver has heard of it
 * @param hadoop how workers set Hadoop's file systems up
 */
public record RunOrder(
        String runId,
        Model model,
        CompileConf compile,
        ClusterConf.Engine engine,
        int threads,
        List<Shard> shards,
        BatchOrder batches,
        List<Window> windows,
        int batchesPerUpdate,
        InputConf input,
        @Nullable ClassWeighting classWeight,
        boolean isSynchronous,
        HadoopSettings hadoop)
        implements Serializable {

    public RunOrder {
        shards = List.copyOf(shards);
        windows = List.copyOf(windows);
    }

    /** An order whose workers set Hadoop's file systems up as this JVM does. */
    public RunOrder(
            String runId,
            Model model,
            CompileConf compile,
            ClusterConf.Engine engine,
            int threads,
            List<Shard> shards,
            BatchOrder batches,
            List<Window> windows,
            int batchesPerUpdate,
            InputConf input,
            @Nullable ClassWeighting classWeight,
            boolean isSynchronous) {
        this(
                runId,
                model,
                compile,
                engine,
                threads,
                shards,
                batches,
                windows,
                batchesPerUpdate,
                input,
                classWeight,
                isSynchronous,
                HadoopSettings.here());
    }

    /** The tree in which the run's sums are taken. */
    public CanonicalTree tree() {
        return new CanonicalTree(shards.size());
    }

    /** What the fit's training and its evaluations have in common of their {@link #runId}. */
    public String fitId() {
        int end = runId.indexOf('/');
        return end < 0 ? runId : runId.substring(0, end);
    }

    /** The seed that all of the run's randomness hangs on. */
    public long seed() {
        return batches.seed();
    }

    /** The updates of a window; {@link Integer#MAX_VALUE} where it is not known. */
    public int updates(Window window) {
        return window.updates(batchesPerUpdate);
    }
}
