package org.lockstep.examples.doors;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.lockstep.conf.ClusterConf;
import org.lockstep.conf.FitConf;
import org.lockstep.conf.NetworkConf;
import org.lockstep.conf.Verbose;
import org.lockstep.data.Batch;
import org.lockstep.data.Sequence;
import org.lockstep.data.Tensor;
import org.lockstep.driver.SparkModel;
import org.lockstep.executor.spark.NetworkRuns;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Input;
import org.lockstep.model.Sequential;

/**
 * Two trainings that must end alike: one undisturbed, one whose executor kills itself with SIGKILL in the middle of an
 * epoch, where there are executors. It says what the weights are, whether executors shared memory, and what is left of the
 * runs. Arguments: the marker, and whether they may share it.
 *
 * @param marker a file whose making is the signal: the first to make it dies
 * @param shared a file that is made where an executor shares memory
 */
public record NetworkJob(String marker, String shared) implements Sequence {

    private static final int BATCHES = 60;
    private static final int SIZE = 16;
    private static final int FEATURES = 600;
    private static final int CLASSES = 5;
    private static final int FATAL = 31;

    public static void main(String[] arguments) {
        try (JavaSparkContext spark = new JavaSparkContext(new SparkConf().setAppName("network"))) {
            boolean sharesMemory = Boolean.parseBoolean(arguments[1]);
            String shared = arguments[0] + ".shared";
            System.out.println("network: " + train(spark, new NetworkJob("", shared), sharesMemory));
            String marker = spark.isLocal() ? "" : arguments[0];
            System.out.println("network: " + train(spark, new NetworkJob(marker, shared), sharesMemory));
            System.out.println("memory: " + (new File(shared).exists() ? "shared" : "not shared"));
            System.out.println("network: left " + left(spark));
        }
    }

    private static String train(JavaSparkContext spark, NetworkJob data, boolean sharesMemory) {
        Sequential network = Sequential.of(
                Input.of(FEATURES),
                Dense.of(64).activation("relu").kernelRegularizer("l2"),
                Dense.of(CLASSES).activation("softmax"));
        SparkModel model = SparkModel.of(network, spark)
                .on(ClusterConf.of().shards(2).network(NetworkConf.of().sharedMemory(sharesMemory)))
                .compile("adam", "sparse_categorical_crossentropy", "accuracy");
        FitConf fit = FitConf.of().epochs(3).seed(5).verbose(Verbose.LINE_PER_EPOCH);
        return model.fit(data, fit).history() + " " + model.state(5).sha256();
    }

    /** Ports of runs that are still open in the executors' JVMs, once there are none or some seconds have gone. */
    private static int left(JavaSparkContext spark) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        int left = count(spark);
        while (left > 0 && System.nanoTime() < end) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            left = count(spark);
        }
        return left;
    }

    private static int count(JavaSparkContext spark) {
        List<Integer> tasks = IntStream.range(0, 8).boxed().toList();
        return spark.parallelize(tasks, tasks.size())
                .map(task -> NetworkRuns.count())
                .reduce(Integer::sum);
    }

    @Override
    public int length() {
        return BATCHES;
    }

    @Override
    public Batch get(int index) {
        if (index == FATAL && !marker.isEmpty() && !SparkEnv.get().executorId().equals("driver")) {
            dieOnce();
        }
        if (index == BATCHES - 1 && isSharing()) {
            make(new File(shared));
        }
        float[] x = new float[SIZE * FEATURES];
        float[] y = new float[SIZE];
        for (int row = 0; row < SIZE; row++) {
            int sample = index * SIZE + row;
            y[row] = sample % CLASSES;
            for (int i = 0; i < FEATURES; i++) {
                x[row * FEATURES + i] = (sample * 31 + i * 17) % 97 / 97f + (i % CLASSES == sample % CLASSES ? 1 : 0);
            }
        }
        return new Batch(Tensor.of(new int[] {SIZE, FEATURES}, x), Tensor.of(new int[] {SIZE}, y));
    }

    /** Whether this JVM has memory of another's open; by the last batch it has exchanged the first. */
    private static boolean isSharing() {
        try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
            return maps.anyMatch(line -> line.contains("/dev/shm/lockstep-"));
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether this call made the file. */
    private static boolean make(File file) {
        try {
            return file.createNewFile();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void dieOnce() {
        try {
            if (make(new File(marker))) {
                long pid = ProcessHandle.current().pid();
                new ProcessBuilder("kill", "-9", Long.toString(pid)).start().waitFor();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
