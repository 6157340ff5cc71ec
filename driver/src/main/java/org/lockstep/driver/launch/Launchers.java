package org.lockstep.driver.launch;

import org.apache.spark.api.java.JavaSparkContext;
import org.lockstep.conf.ClusterConf;
import org.lockstep.driver.plan.Slots;
import org.lockstep.executor.worker.RunOrder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses how a run is launched on a cluster. */
public final class Launchers {

    private static final Logger LOG = LoggerFactory.getLogger(Launchers.class);

    private Launchers() {}

    /**
     * Tasks that the cluster runs at once, as far as it is known now.
     *
     * @throws IllegalArgumentException where it has fewer cores than a task has threads
     */
    public static Slots slots(JavaSparkContext spark, int threadsPerShard) {
        String master = spark.master();
        int taskCpus = spark.getConf().getInt("spark.task.cpus", 1);
        int cores = Slots.isLocal(master) ? Slots.coresOfLocal(master) : Math.max(1, spark.defaultParallelism());
        return new Slots(master, cores, taskCpus, threadsPerShard);
    }

    /** The launcher that the settings ask for. */
    public static Launcher of(JavaSparkContext spark, RunOrder order, ClusterConf.Exchange exchange) {
        boolean local = Slots.isLocal(spark.master());
        Slots slots = slots(spark, order.threads());
        int workers = Math.min(order.shards().size(), slots.count());
        LOG.info(
                "{}; {} worker(s) for {} shard(s)",
                slots,
                workers,
                order.shards().size());
        return switch (exchange) {
            case AUTO -> local ? memory(spark, order, workers) : driver(spark, order, workers);
            case DRIVER -> driver(spark, order, workers);
            case MEMORY -> {
                if (!local) {
                    throw new IllegalArgumentException(
                            "Invalid `exchange`: memory needs a local master, where all tasks share a JVM. Received: memory on "
                                    + spark.master());
                }
                yield memory(spark, order, workers);
            }
        };
    }

    private static Launcher memory(JavaSparkContext spark, RunOrder order, int workers) {
        return new MemoryLauncher(spark, order, workers);
    }

    private static Launcher driver(JavaSparkContext spark, RunOrder order, int workers) {
        return new DriverLauncher(spark, order, workers);
    }
}
