package org.lockstep.driver.launch;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;
import org.lockstep.conf.ClusterConf;
import org.lockstep.conf.NetworkConf;
import org.lockstep.driver.plan.Slots;
import org.lockstep.executor.worker.RunOrder;
import org.lockstep.layers.BatchNormalization;
import org.lockstep.layers.Layer;
import org.lockstep.model.Model;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses how a run is launched on a cluster. */
public final class Launchers {

    private static final Logger LOG = LoggerFactory.getLogger(Launchers.class);
    private static final String DYNAMIC = "spark.dynamicAllocation.enabled";

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

    /**
     * The launcher that the settings ask for.
     *
     * @throws IllegalArgumentException where the cluster cannot give it
     */
    public static Launcher of(JavaSparkContext spark, RunOrder order, ClusterConf cluster, Kernels kernels) {
        ClusterConf.Exchange exchange = cluster.exchange();
        Slots slots = slots(spark, order.threads());
        int workers = Math.min(order.shards().size(), slots.count());
        ClusterConf.Exchange chosen = exchange == ClusterConf.Exchange.AUTO
                ? choose(spark.getConf(), spark.master(), () -> TakenSlots.describe(spark, workers))
                : exchange;
        Preflight.check(spark, order, chosen, workers, cluster.network().sharedMemory());
        LOG.info(
                "{}; {} worker(s) for {} shard(s)",
                slots,
                workers,
                order.shards().size());
        checkWire(cluster.network().wire(), chosen);
        Duration period = cluster.network().recoveryPeriod();
        return switch (chosen) {
            case AUTO -> throw new IllegalStateException("Cannot launch: nothing was chosen");
            case DRIVER -> {
                checkDoesNotPause(order.model(), exchange);
                yield new PointLauncher(new DriverLauncher(spark, order, workers, kernels), period);
            }
            case NETWORK -> {
                checkStays(spark.getConf());
                checkFree(spark, workers);
                yield new NetworkLauncher(spark, order, cluster.network(), kernels);
            }
            case MEMORY -> {
                if (!Slots.isLocal(spark.master())) {
                    throw new IllegalArgumentException(
                            "Invalid `exchange`: memory needs a local master, where all tasks share a JVM. Received: memory on "
                                    + spark.master());
                }
                yield new PointLauncher(new MemoryLauncher(spark, order, workers, kernels), period);
            }
        };
    }

    /** @param taken what holds slots that the run needs; null where nothing does */
    static ClusterConf.Exchange choose(SparkConf conf, String master, Supplier<@Nullable String> taken) {
        if (Slots.isLocal(master)) {
            return chosen(ClusterConf.Exchange.MEMORY, "all tasks of " + master + " share this JVM");
        }
        if (isDynamic(conf)) {
            return chosen(ClusterConf.Exchange.DRIVER, DYNAMIC + " is on, and executors may leave at any time");
        }
        String missing = taken.get();
        if (missing != null) {
            return chosen(ClusterConf.Exchange.DRIVER, missing);
        }
        return chosen(ClusterConf.Exchange.NETWORK, "the executors of " + master + " stay");
    }

    private static ClusterConf.Exchange chosen(ClusterConf.Exchange exchange, String why) {
        LOG.info("exchange: auto takes {}: {}", exchange.name().toLowerCase(Locale.ROOT), why);
        return exchange;
    }

    private static void checkWire(NetworkConf.Wire wire, ClusterConf.Exchange chosen) {
        if (wire == NetworkConf.Wire.FLOAT32) {
            return;
        }
        if (chosen != ClusterConf.Exchange.NETWORK) {
            throw new IllegalArgumentException(
                    "Invalid `wire`: bfloat16 is for gradients that travel, with `exchange: network`. Received: bfloat16 with exchange "
                            + chosen.name().toLowerCase(Locale.ROOT));
        }
        LOG.warn(
                "wire: bfloat16: gradients are rounded on their way between executors, so that the weights hang on how many"
                        + " executors there are; only with float32 they do not");
    }

    private static void checkFree(JavaSparkContext spark, int workers) {
        String busy = TakenSlots.describe(spark, workers);
        if (busy != null) {
            throw new IllegalArgumentException(
                    "Invalid `exchange`: network needs all its tasks at once, and %s. End them, or set `exchange: driver`. Received: network"
                            .formatted(busy));
        }
    }

    /** Refuses the network exchange where executors may leave. */
    public static void checkStays(SparkConf conf) {
        if (isDynamic(conf)) {
            throw new IllegalArgumentException("Invalid `exchange`: network needs executors that stay, so " + DYNAMIC
                    + " must be false; or set `exchange: driver`. Received: network with " + DYNAMIC + "=true");
        }
    }

    /** Refuses the driver exchange for models whose shards meet within a step. */
    private static void checkDoesNotPause(Model model, ClusterConf.Exchange asked) {
        for (Layer layer : model.layers()) {
            if (layer instanceof BatchNormalization normalization && normalization.meetsOtherShards()) {
                String remedy = asked == ClusterConf.Exchange.AUTO
                        ? "set " + DYNAMIC + "=false, so that auto takes network,"
                        : "choose auto, memory or network,";
                throw new IllegalArgumentException(
                        ("Invalid `exchange`: driver cannot pause a step, which layer \"%s\" with `synchronized` needs; "
                                        + "%s or set `synchronized` to False. Received: %s")
                                .formatted(layer.name(), remedy, asked.name().toLowerCase(Locale.ROOT)));
            }
        }
    }

    private static boolean isDynamic(SparkConf conf) {
        return conf.getBoolean(DYNAMIC, false);
    }
}
