package org.lockstep.examples.chaos;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.lockstep.callbacks.Callback;
import org.lockstep.conf.ClusterConf;
import org.lockstep.executor.kryo.LockstepKryoRegistrator;
import org.lockstep.report.Recovery;

/** Trains undisturbed on one thread, then disturbed on a cluster, all on one SparkContext. */
final class Chaos {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long POLL_MILLIS = 100;

    private final List<Fault> faults;
    private final int paceMillis;
    private final int workers;
    private final Consumer<String> say;

    Chaos(List<Fault> faults, int workers, int paceMillis, Consumer<String> say) {
        this.faults = faults;
        this.workers = workers;
        this.paceMillis = paceMillis;
        this.say = say;
    }

    /** What undisturbed trainings end with. */
    List<String> expected(List<Training> trainings) {
        List<String> hashes = new ArrayList<>();
        try (JavaSparkContext spark = new JavaSparkContext(conf("local[1]", "localhost", "127.0.0.1"))) {
            for (Training training : trainings) {
                say.accept("undisturbed on local[1]: " + training.title());
                hashes.add(training.run(spark, ClusterConf.Exchange.MEMORY, 0, new Callback() {})
                        .sha256());
            }
        }
        return hashes;
    }

    /** Trains until all faults are inflicted; once more than there are trainings, if faults had to be put off. */
    Results on(Cluster cluster, List<Training> trainings, List<String> expected) throws InterruptedException {
        List<Results.Trained> ended = new ArrayList<>();
        List<Struck> struck = new ArrayList<>();
        SparkConf conf = conf(cluster.url(), cluster.host(), cluster.host())
                .set("spark.executor.cores", "1")
                .set("spark.executor.memory", "1g")
                .set("spark.executor.extraClassPath", classPath())
                .set(
                        "spark.executor.extraJavaOptions",
                        "-Dorg.bytedeco.javacpp.logger=slf4j -Dorg.bytedeco.javacpp.canCreateSymbolicLink=false");
        try (JavaSparkContext spark = new JavaSparkContext(conf);
                Disturber disturber = new Disturber(spark, cluster, faults, say)) {
            for (int i = 0; i < trainings.size() * 2 && (i < trainings.size() || !disturber.isDone()); i++) {
                int which = i % trainings.size();
                awaitExecutors(spark, cluster);
                Disturber.Watch watch = disturber.watch(trainings.get(which), i + 1);
                ended.add(train(spark, trainings.get(which), expected.get(which), watch, struck));
            }
        }
        return new Results(faults.size(), ended, struck);
    }

    private Results.Trained train(
            JavaSparkContext spark, Training training, String expected, Disturber.Watch watch, List<Struck> struck) {
        say.accept("on the cluster: %s, %d steps on %d shards"
                .formatted(training.title(), training.allSteps(), training.shards()));
        long began = System.nanoTime();
        try {
            Training.End end = training.run(spark, ClusterConf.Exchange.NETWORK, paceMillis, watch);
            List<Recovery> recoveries = end.history().recoveries();
            watch.struck().forEach(one -> struck.add(withLost(one, recoveries, watch.stepSeconds())));
            return new Results.Trained(training, since(began), expected, end.sha256(), null, recoveries.size());
        } catch (RuntimeException e) {
            struck.addAll(watch.struck());
            return new Results.Trained(training, since(began), expected, null, String.valueOf(e.getMessage()), 0);
        }
    }

    private static double since(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }

    /** With the steps that were done again because of it. */
    private static Struck withLost(Struck one, List<Recovery> recoveries, double stepSeconds) {
        Long next = one.next();
        int lost = recoveries.stream()
                .filter(recovery -> recovery.at().toEpochMilli() >= one.at())
                .filter(recovery -> next == null || recovery.at().toEpochMilli() <= next)
                .mapToInt(Recovery::lostSteps)
                .sum();
        return one.lost(lost, lost * stepSeconds);
    }

    private void awaitExecutors(JavaSparkContext spark, Cluster cluster) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (spark.sc().statusTracker().getExecutorInfos().length <= workers) {
            cluster.checkAlive();
            if (System.nanoTime() > end) {
                throw new IllegalStateException("Cannot go on: fewer than %d executors have come within %d seconds"
                        .formatted(workers, PATIENCE.toSeconds()));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS));
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }

    private static SparkConf conf(String master, String host, String bind) {
        return new SparkConf()
                .setAppName("chaos")
                .setMaster(master)
                .set("spark.driver.host", host)
                .set("spark.driver.bindAddress", bind)
                .set("spark.ui.enabled", "false")
                .set("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
                .set("spark.kryo.registrator", LockstepKryoRegistrator.class.getName());
    }

    /** This JVM's classes but for Spark's, which executors have. */
    private static String classPath() {
        Path home = Path.of(System.getProperty(Cluster.SPARK_HOME)).toAbsolutePath();
        return Arrays.stream(System.getProperty("java.class.path").split(":"))
                .filter(entry -> !entry.isEmpty())
                .map(entry -> Path.of(entry).toAbsolutePath())
                .filter(entry -> !entry.startsWith(home))
                .map(Path::toString)
                .collect(Collectors.joining(":"));
    }
}
