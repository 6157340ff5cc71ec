package org.lockstep.driver.launch;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;
import org.lockstep.conf.ClusterConf.Exchange;
import org.lockstep.driver.plan.MemoryPlan;
import org.lockstep.driver.plan.Slots;
import org.lockstep.executor.step.Network;
import org.lockstep.executor.step.Networks;
import org.lockstep.executor.worker.RunOrder;
import org.lockstep.keras.NotSupportedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a run needs of its cluster, looked at before its first job: wrong settings are named in seconds, with right ones. */
final class Preflight {

    private static final Logger LOG = LoggerFactory.getLogger(Preflight.class);
    private static final String CPUS = "spark.task.cpus";
    private static final String CORES = "spark.executor.cores";
    private static final String RESULTS = "spark.driver.maxResultSize";

    /** What a JVM takes for itself: classes, compiled code, threads, Netty's buffers. */
    private static final long JVM = 192L << 20;

    private static final long MIB = 1L << 20;

    private final List<String> lacks = new ArrayList<>();

    private Preflight() {}

    /**
     * Refuses a cluster that cannot carry a run.
     *
     * @param workers of all executors
     * @param sharesMemory whether executors of one machine do
     * @throws IllegalArgumentException naming all that is missing, and the settings that give it
     */
    static void check(JavaSparkContext spark, RunOrder order, Exchange exchange, int workers, boolean sharesMemory) {
        String options = String.join(" ", ManagementFactory.getRuntimeMXBean().getInputArguments());
        List<String> lacks = lacks(
                spark.getConf(), spark.master(), MemoryLimits.here(options), order, exchange, workers, sharesMemory);
        if (!lacks.isEmpty()) {
            throw new IllegalArgumentException("Cannot train: " + String.join("; ", lacks));
        }
    }

    /** All that is missing. */
    static List<String> lacks(
            SparkConf conf,
            String master,
            MemoryLimits here,
            RunOrder order,
            Exchange exchange,
            int workers,
            boolean sharesMemory) {
        List<String> lacks = lacks(conf, master, here, order, exchange, workers, sharesMemory, MemoryPlan.most(order));
        return lacks.isEmpty()
                ? lacks
                : lacks(conf, master, here, order, exchange, workers, sharesMemory, compiled(order));
    }

    /** Bytes that the engine allocates for one worker; 0 where it cannot tell. */
    private static long compiled(RunOrder order) {
        try (Network network = Networks.create(order.engine(), order.model(), order.compile(), order.threads())) {
            return network.memory(MemoryPlan.samples(order)).trainingBytes();
        } catch (NotSupportedException e) {
            LOG.debug("What the engine allocates is left out", e);
            return 0;
        }
    }

    private static List<String> lacks(
            SparkConf conf,
            String master,
            MemoryLimits here,
            RunOrder order,
            Exchange exchange,
            int workers,
            boolean sharesMemory,
            long network) {
        Preflight preflight = new Preflight();
        if (Slots.isLocal(master)) {
            MemoryPlan all = MemoryPlan.executor(order, 1, workers, workers, network, false)
                    .plus(MemoryPlan.driver(order));
            preflight.memory("this JVM", all, here);
        } else {
            preflight.slots(conf);
            int perExecutor = Math.min(workers, LiveExecutors.perExecutor(conf, master));
            int executors = exchange == Exchange.NETWORK ? (workers + perExecutor - 1) / perExecutor : 1;
            MemoryPlan executor = MemoryPlan.executor(order, executors, workers, perExecutor, network, sharesMemory);
            preflight.memory("each executor", executor, MemoryLimits.executor(conf, master));
            boolean adds = exchange == Exchange.DRIVER;
            preflight.memory("the driver", adds ? MemoryPlan.adding(order, workers) : MemoryPlan.driver(order), here);
            if (adds) {
                preflight.results(conf, MemoryPlan.results(order, workers));
            }
        }
        return preflight.lacks;
    }

    private void slots(SparkConf conf) {
        int cpus = conf.getInt(CPUS, 1);
        int cores = conf.getInt(CORES, cpus);
        if (cpus > cores) {
            lacks.add("no executor can run a task: %s=%d is more than %s=%d. Set %s=%d"
                    .formatted(CPUS, cpus, CORES, cores, CORES, cpus));
        }
    }

    private void results(SparkConf conf, long bytes) {
        long limit = conf.getSizeAsBytes(RESULTS, "1g");
        if (limit > 0 && bytes > limit) {
            lacks.add("a step's gradients are %s, and %s allows %s of results. Set %s=%s, or `exchange: network`"
                    .formatted(text(bytes), RESULTS, text(limit), RESULTS, setting(bytes + bytes / 10)));
        }
    }

    private void memory(String who, MemoryPlan plan, MemoryLimits limits) {
        long heap = MemoryPlan.total(plan.heap());
        long outside = MemoryPlan.total(plan.outside());
        long engine = MemoryPlan.total(plan.engine());
        long wanted = heap + MemoryLimits.RESERVED;
        if (heap > limits.heap()) {
            lack(who, "of heap", heap, plan.heap(), null, limits.heap(), limits.memory() + "=" + setting(wanted));
        }
        if (outside > limits.direct()) {
            lack(
                    who,
                    "of direct buffers",
                    outside,
                    plan.outside(),
                    null,
                    limits.direct(),
                    "-XX:MaxDirectMemorySize=%s in %s".formatted(setting(outside + JVM), limits.options()));
        }
        long process = Math.addExact(wanted, outside + engine + JVM);
        if (process > limits.physical()) {
            lack(
                    who,
                    "in all",
                    process,
                    plan.outside(),
                    plan.engine(),
                    limits.physical(),
                    "-Dorg.bytedeco.javacpp.maxphysicalbytes=%s in %s".formatted(setting(process), limits.options()));
        }
        if (outside + engine + JVM > limits.outside()) {
            lack(
                    who,
                    "outside its heap",
                    outside + engine + JVM,
                    plan.outside(),
                    plan.engine(),
                    limits.outside(),
                    "spark.executor.memoryOverhead=" + setting(outside + engine + JVM));
        }
    }

    private void lack(
            String who,
            String where,
            long bytes,
            Map<String, Long> part,
            @Nullable Map<String, Long> more,
            long limit,
            String cure) {
        List<String> parts = new ArrayList<>();
        part.forEach((what, size) -> parts.add(what + " " + text(size)));
        if (more != null) {
            more.forEach((what, size) -> parts.add(what + " " + text(size)));
        }
        lacks.add("%s may need %s %s (%s), and has %s. Set %s"
                .formatted(who, text(bytes), where, String.join(", ", parts), text(limit), cure));
    }

    private static String text(long bytes) {
        return String.format(Locale.ROOT, "%,d MiB", (bytes + MIB - 1) / MIB);
    }

    private static String setting(long bytes) {
        return (bytes + MIB - 1) / MIB + "m";
    }
}
