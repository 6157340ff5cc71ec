package org.lockstep.examples.doors;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.lockstep.data.DataSource;
import org.lockstep.data.IndexedSource;
import org.lockstep.data.LostDataException;
import org.lockstep.data.Samples;
import org.lockstep.data.Tensor;
import org.lockstep.data.spark.RowLayout;
import org.lockstep.data.spark.RowSource;
import org.lockstep.data.spark.Sample;

/** Rows read back on two executors, one of which is killed in between where there are any; it says what it reads. */
public final class RowsJob {

    private static final int ROWS = 2000;
    private static final int FILES = 12;
    private static final int SIZE = 300;
    private static final Duration DEADLINE = Duration.ofMinutes(1);

    private RowsJob() {}

    public static void main(String[] arguments) {
        try (JavaSparkContext spark = new JavaSparkContext(new SparkConf().setAppName("rows"))) {
            RowSource untouched = source(spark, row -> sample(row));
            RowSource lost = source(spark, row -> sample(row + ROWS));
            RowSource clock = source(spark, row -> sample((int) (System.nanoTime() % 1_000_000)));
            System.out.println("rows: " + digests(spark, untouched));
            if (!spark.isLocal()) {
                killAnExecutor(spark);
                System.out.println("rows, wounded: " + digests(spark, lost));
                untouched.prepare();
                lost.prepare();
                System.out.println("rows, wounded: " + failure(clock::prepare));
            }
            System.out.println("rows: " + digests(spark, untouched));
            System.out.println("rows: " + digests(spark, lost.skip(ROWS / 2)));
            System.out.println("rows: " + digests(spark, lost));
        }
    }

    private static RowSource source(JavaSparkContext spark, Function<Integer, Sample> decoder) {
        List<Integer> numbers = IntStream.range(0, ROWS).boxed().toList();
        JavaRDD<Integer> rows = spark.parallelize(numbers, FILES);
        return RowSource.of(rows, RowLayout.of(SIZE), decoder);
    }

    private static Sample sample(int row) {
        float[] x = new float[SIZE];
        for (int i = 0; i < SIZE; i++) {
            x[i] = row * 31f + i;
        }
        return Sample.of(x, row);
    }

    /** What two tasks at a time read, each all samples. */
    private static List<String> digests(JavaSparkContext spark, DataSource source) {
        IndexedSource indexed = (IndexedSource) source;
        return spark.parallelize(List.of(0, 1), 2)
                .map(task -> {
                    try {
                        return digest(indexed.openSamples());
                    } catch (LostDataException e) {
                        return e.getClass().getSimpleName() + ": " + e.getMessage();
                    }
                })
                .collect();
    }

    private static String digest(Samples samples) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        Tensor x = samples.emptyX(1);
        Tensor y = samples.emptyY(1);
        ByteBuffer bytes = ByteBuffer.allocate((SIZE + 1) * Float.BYTES);
        for (long row = 0; row < samples.count(); row++) {
            samples.copy(row, x, y, 0);
            bytes.clear().asFloatBuffer().put(x.values()).put(y.values());
            digest.update(bytes);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void killAnExecutor(JavaSparkContext spark) {
        ProcessHandle.current()
                .descendants()
                .filter(child -> child.info().commandLine().orElse("").contains("CoarseGrainedExecutorBackend"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Cannot kill an executor: there is none"))
                .destroyForcibly();
        long end = System.nanoTime() + DEADLINE.toNanos();
        while (!isReplaced(spark)) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("Cannot go on: Spark has not replaced an executor in " + DEADLINE);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }

    /** Whether all sources miss files, and there are a driver and two executors again. */
    private static boolean isReplaced(JavaSparkContext spark) {
        return Arrays.stream(spark.sc().getRDDStorageInfo()).allMatch(rdd -> rdd.numCachedPartitions() < FILES)
                && spark.sc().statusTracker().getExecutorInfos().length == 3;
    }

    private static String failure(Runnable work) {
        try {
            work.run();
            return "none";
        } catch (RuntimeException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
