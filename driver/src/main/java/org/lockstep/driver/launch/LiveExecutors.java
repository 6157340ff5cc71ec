package org.lockstep.driver.launch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext$;
import org.apache.spark.SparkJobInfo;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.ExecutorLossReason;
import org.apache.spark.scheduler.ExecutorProcessLost;
import org.apache.spark.scheduler.cluster.CoarseGrainedSchedulerBackend;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Option;
import scala.collection.JavaConverters;

/** The executors that Spark has now. */
final class LiveExecutors {

    private static final Logger LOG = LoggerFactory.getLogger(LiveExecutors.class);
    /** Until the first executor must have come; a JVM on a busy machine takes its time. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** For those that are still missing when there is one. */
    private static final Duration PATIENCE_FOR_MORE = Duration.ofSeconds(20);

    /** Spark's name for tasks that an executor was given and that have not ended. */
    private static final String RUNNING = "RUNNING";

    private static final long POLL_MILLIS = 50;

    /** Until Spark has marked an executor that is to be replaced. */
    private static final Duration PATIENCE_FOR_MARK = Duration.ofSeconds(1);

    private static final long MARK_NANOS = 1_000_000;

    private static final String LOCAL_CLUSTER = "local-cluster[";

    private LiveExecutors() {}

    /** Tasks that they run at once; what a barrier job may ask for. */
    static int slots(JavaSparkContext spark) {
        return spark.sc()
                .maxNumConcurrentTasks(spark.sc().resourceProfileManager().defaultResourceProfile());
    }

    /**
     * The slots, once there are enough of them or some seconds have gone.
     *
     * @param enough at least 1
     * @throws IllegalStateException where there are none
     */
    static int await(JavaSparkContext spark, int enough) {
        long began = System.nanoTime();
        int slots = slots(spark);
        while (slots < enough && isPatient(began, slots)) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS));
            slots = slots(spark);
        }
        if (slots == 0) {
            throw new IllegalStateException(
                    ("Cannot train: no executor that could run a task has come within %d seconds."
                                    + " Look at the cluster, and at spark.executor.cores, spark.task.cpus, spark.cores.max")
                            .formatted(PATIENCE.toSeconds()));
        }
        return slots;
    }

    private static boolean isPatient(long began, int slots) {
        Duration patience = slots == 0 ? PATIENCE : PATIENCE_FOR_MORE;
        return System.nanoTime() - began < patience.toNanos()
                && !Thread.currentThread().isInterrupted();
    }

    /** The slots that there will be when all executors have come, as far as the settings say; at least one. */
    static int expected(JavaSparkContext spark) {
        SparkConf conf = spark.getConf();
        String master = spark.master();
        int executors = master.startsWith(LOCAL_CLUSTER)
                ? ofLocalCluster(master, 0)
                : conf.getInt("spark.executor.instances", 0);
        return Math.max(1, executors * perExecutor(conf, master));
    }

    /** Tasks that an executor runs at once, as far as the settings say; where nobody says how many, one. */
    static int perExecutor(SparkConf conf, String master) {
        int cpus = Math.max(1, conf.getInt("spark.task.cpus", 1));
        int unsaid = master.startsWith(LOCAL_CLUSTER) ? ofLocalCluster(master, 1) : cpus;
        return Math.max(1, conf.getInt("spark.executor.cores", unsaid) / cpus);
    }

    /** A number of {@code local-cluster[executors, cores of each, MiB of each]}. */
    private static int ofLocalCluster(String master, int place) {
        String[] numbers =
                master.substring(LOCAL_CLUSTER.length(), master.indexOf(']')).split(",");
        return Integer.parseInt(numbers[place].strip());
    }

    /** The same as {@link #replace}, in a thread of its own: Spark may take its time. */
    static void replaceSoon(JavaSparkContext spark, String executor, String why) {
        inBackground(() -> replace(spark, executor, why));
    }

    private static void inBackground(Runnable work) {
        Thread thread = new Thread(work, "lockstep-replace");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Has Spark give up an executor that says nothing more, and put another in its place; as it does itself, some minutes
     * later. Its tasks are lost at once, nobody asks it for blocks, and where it wakes it is told to stop.
     *
     * @param why for the log, the executor named in it
     */
    static void replace(JavaSparkContext spark, String executor, String why) {
        if (executor.equals(SparkContext$.MODULE$.DRIVER_IDENTIFIER())
                || spark.sc().isStopped()) {
            return;
        }
        LOG.warn("Executor {} is replaced: {}", executor, why);
        ExecutorLossReason reason = new ExecutorProcessLost("It says nothing", Option.empty(), false);
        // It waits for the cluster manager's answer; what comes next must not.
        inBackground(() -> {
            if (!spark.sc().killAndReplaceExecutor(executor)) {
                LOG.warn("Spark does not replace executor {} on {}", executor, spark.master());
            }
        });
        CoarseGrainedSchedulerBackend backend =
                spark.sc().schedulerBackend() instanceof CoarseGrainedSchedulerBackend known ? known : null;
        if (backend != null) {
            awaitInactive(backend, executor);
        }
        spark.sc().taskScheduler().executorLost(executor, reason);
        if (backend != null) {
            backend.removeExecutor(executor, reason);
        }
    }

    /** Until then its slots count, and whoever hears that its tasks are lost would plan with them. */
    private static void awaitInactive(CoarseGrainedSchedulerBackend backend, String executor) {
        long end = System.nanoTime() + PATIENCE_FOR_MARK.toNanos();
        while (backend.isExecutorActive(executor) && System.nanoTime() < end) {
            LockSupport.parkNanos(MARK_NANOS);
        }
    }

    /** Has Spark look at all executors together, whether tasks can begin. */
    static void offer(JavaSparkContext spark) {
        spark.sc().schedulerBackend().reviveOffers();
    }

    /**
     * An executor that a task was given to.
     *
     * @param at when
     */
    record Given(String executor, String host, Instant at) {}

    /** Where some tasks of a job are that have not ended. */
    static List<Given> of(JavaSparkContext spark, JavaFutureAction<?> job, Collection<Integer> tasks) {
        List<Given> given = new ArrayList<>();
        for (int id : job.jobIds()) {
            SparkJobInfo info = spark.statusTracker().getJobInfo(id);
            for (int stage : info == null ? new int[0] : info.stageIds()) {
                JavaConverters.seqAsJavaList(spark.sc().statusStore().taskList(stage, 0, Integer.MAX_VALUE)).stream()
                        .filter(task ->
                                tasks.contains(task.index()) && task.status().equals(RUNNING))
                        .forEach(task -> given.add(new Given(
                                task.executorId(),
                                task.host(),
                                task.launchTime().toInstant())));
            }
        }
        return given;
    }
}
